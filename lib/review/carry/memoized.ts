/** Computes a value once for each argument, of which the text as JSON is its name. */
export function memoized<A, R>(compute: (argument: A) => R): (argument: A) => R {
  const known = new Map<string, R>();
  return (argument) => {
    const name = JSON.stringify(argument);
    if (!known.has(name)) known.set(name, compute(argument));
    return known.get(name) as R;
  };
}
