/** `users.password_hash` of whoever came from a former store and has no password here yet: a text that no password has. */
export const noPasswordYet = 'former';

/** How a former store hashed a password, in numbers that are small enough: a hash is computed whenever somebody tries to log in. */
export type FormerScheme =
  | { readonly algorithm: 'bcrypt'; readonly rounds: number }
  | {
      readonly algorithm: 'pbkdf2';
      readonly digest: 'sha1' | 'sha256' | 'sha512';
      readonly iterations: number;
      readonly bytes: number;
    }
  | {
      readonly algorithm: 'argon2d' | 'argon2i' | 'argon2id';
      /** KiB */
      readonly memory: number;
      readonly passes: number;
      readonly parallelism: number;
      readonly bytes: number;
    }
  | {
      readonly algorithm: 'scrypt';
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelization: number;
      readonly bytes: number;
    };

export interface FormerHash {
  readonly scheme: FormerScheme;
  readonly salt: Buffer;
  /** Of bcrypt the whole text; `salt` is empty then. */
  readonly expected: Buffer;
}

/** What can be imported, for whoever has another form. */
export const formerHashForms =
  'bcrypt ($2b$…, cost 4 to 12), PBKDF2 (pbkdf2_sha256$…, at most 1,500,000 iterations), argon2 ($argon2id$…, at most 128 MiB, memory × passes 256 MiB), scrypt (scrypt$… or $scrypt$…, at most 64 MiB and N × r × p 2^20); leave it empty where the customer is to reset the password';

const forms = {
  bcrypt: /^(?:bcrypt\$)?(?<whole>\$2[aby]\$(?<rounds>\d\d)\$[./A-Za-z\d]{53})$/,
  pbkdf2:
    /^pbkdf2_(?<digest>sha1|sha256|sha512)\$(?<iterations>\d{1,9})\$(?<salt>[^$]{1,200})\$(?<hash>[A-Za-z\d+/]{22,100}={0,2})$/,
  argon2:
    /^(?:argon2)?\$(?<algorithm>argon2(?:d|i|id))\$v=19\$m=(?<memory>\d{1,9}),t=(?<passes>\d{1,9}),p=(?<parallelism>\d{1,9})\$(?<salt>[A-Za-z\d+/]{11,100}={0,2})\$(?<hash>[A-Za-z\d+/]{22,100}={0,2})$/,
  djangoScrypt:
    /^scrypt\$(?<cost>\d{1,9})\$(?<salt>[^$]{1,200})\$(?<blockSize>\d{1,9})\$(?<parallelization>\d{1,9})\$(?<hash>[A-Za-z\d+/]{22,100}={0,2})$/,
  phcScrypt:
    /^\$scrypt\$ln=(?<log>\d{1,2}),r=(?<blockSize>\d{1,9}),p=(?<parallelization>\d{1,9})\$(?<salt>[A-Za-z\d+/]{1,100}={0,2})\$(?<hash>[A-Za-z\d+/]{22,100}={0,2})$/,
};

/** Assumptions: half a second of a vCPU, and memory that the smallest task has beside its own. */
function isAffordable(scheme: FormerScheme): boolean {
  switch (scheme.algorithm) {
    case 'bcrypt':
      return scheme.rounds >= 4 && scheme.rounds <= 12;
    case 'pbkdf2':
      return scheme.iterations >= 1 && scheme.iterations <= 1_500_000 && scheme.bytes <= 64;
    case 'scrypt': {
      const { cost, blockSize, parallelization } = scheme;
      const isPower = cost > 1 && Number.isInteger(Math.log2(cost));
      const fits = 128 * cost * blockSize <= 2 ** 26 && cost * blockSize * parallelization <= 2 ** 20;
      return isPower && blockSize >= 1 && parallelization >= 1 && fits && scheme.bytes <= 64;
    }
    default: {
      const { memory, passes, parallelism } = scheme;
      const least = passes >= 1 && parallelism >= 1 && parallelism <= 16 && memory >= 8 * parallelism;
      return least && memory <= 2 ** 17 && memory * passes <= 2 ** 18 && scheme.bytes <= 64;
    }
  }
}

/** undefined: another form, or one that costs too much. */
export function parseFormerHash(text: string): FormerHash | undefined {
  const parsed = parse(text);
  return parsed && isAffordable(parsed.scheme) ? parsed : undefined;
}

const base64 = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64');

function parse(text: string): FormerHash | undefined {
  const bcrypt = forms.bcrypt.exec(text)?.groups;
  if (bcrypt) {
    const whole = Buffer.from(bcrypt['whole'] ?? '');
    return { scheme: { algorithm: 'bcrypt', rounds: Number(bcrypt['rounds']) }, salt: Buffer.alloc(0), expected: whole };
  }
  const pbkdf2 = forms.pbkdf2.exec(text)?.groups;
  if (pbkdf2) {
    const expected = base64(pbkdf2['hash']);
    const digest = pbkdf2['digest'] as 'sha1' | 'sha256' | 'sha512';
    const scheme = { algorithm: 'pbkdf2', digest, iterations: Number(pbkdf2['iterations']), bytes: expected.length } as const;
    return { scheme, salt: Buffer.from(pbkdf2['salt'] ?? ''), expected };
  }
  const argon2 = forms.argon2.exec(text)?.groups;
  if (argon2) {
    const expected = base64(argon2['hash']);
    const algorithm = argon2['algorithm'] as 'argon2d' | 'argon2i' | 'argon2id';
    const [memory, passes, parallelism] = [argon2['memory'], argon2['passes'], argon2['parallelism']].map(Number);
    const scheme = { algorithm, memory: memory ?? 0, passes: passes ?? 0, parallelism: parallelism ?? 0, bytes: expected.length };
    return { scheme, salt: base64(argon2['salt']), expected };
  }
  const django = forms.djangoScrypt.exec(text)?.groups;
  const phc = forms.phcScrypt.exec(text)?.groups;
  const scrypt = django ?? phc;
  if (!scrypt) return undefined;
  const expected = base64(scrypt['hash']);
  return {
    scheme: {
      algorithm: 'scrypt',
      cost: django ? Number(django['cost']) : 2 ** Number(scrypt['log']),
      blockSize: Number(scrypt['blockSize']),
      parallelization: Number(scrypt['parallelization']),
      bytes: expected.length,
    },
    salt: django ? Buffer.from(django['salt'] ?? '') : base64(scrypt['salt']),
    expected,
  };
}
