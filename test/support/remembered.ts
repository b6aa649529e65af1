/** Makes each once in a test file; what it returns must not be changed. Arguments must be plain data. */
export function remembered<A extends readonly unknown[], R>(make: (...given: A) => R): (...given: A) => R {
  const made = new Map<string, R>();
  return (...given) => {
    const key = JSON.stringify(given);
    const result = made.get(key) ?? make(...given);
    made.set(key, result);
    return result;
  };
}
