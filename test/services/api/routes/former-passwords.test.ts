import { argon2Sync, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { parseFormerHash } from '../../../../services/accounts/former-password';
import { formerPasswordQueue, isFormerPassword } from '../../../../services/api/former-passwords';
import { deleteOld } from '../../../../services/worker/delete-old';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { accounts, codeOf } from './accounts';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());
const { newAddress, logIn, resetLink, post } = accounts(() => api);

const password = 'sun';
const salt = 'pepper';
const base64 = (bytes: Buffer): string => bytes.toString('base64');
const unpadded = (bytes: Buffer): string => base64(bytes).replace(/=+$/, '');
const argon2id = {
  message: password,
  nonce: Buffer.from('a salt of 16 by!'),
  memory: 64,
  passes: 2,
  parallelism: 2,
  tagLength: 32,
};

/** As former stores write them: Node's bcrypt, PHP's, Django's, argon2's own and passlib's. */
const hashes: Readonly<Record<string, string>> = {
  bcrypt: hashSync(password, 4),
  'bcrypt of PHP': hashSync(password, 4).replace('$2b$', '$2y$'),
  'bcrypt of Django': `bcrypt$${hashSync(password, 4)}`,
  PBKDF2: `pbkdf2_sha256$1000$${salt}$${base64(pbkdf2Sync(password, salt, 1_000, 32, 'sha256'))}`,
  'PBKDF2 with SHA-1': `pbkdf2_sha1$1000$${salt}$${base64(pbkdf2Sync(password, salt, 1_000, 20, 'sha1'))}`,
  argon2id: `$argon2id$v=19$m=64,t=2,p=2$${unpadded(argon2id.nonce)}$${unpadded(argon2Sync('argon2id', argon2id))}`,
  'argon2id of Django': `argon2$argon2id$v=19$m=64,t=2,p=2$${unpadded(argon2id.nonce)}$${unpadded(argon2Sync('argon2id', argon2id))}`,
  argon2i: `$argon2i$v=19$m=64,t=2,p=2$${unpadded(argon2id.nonce)}$${unpadded(argon2Sync('argon2i', argon2id))}`,
  'scrypt of Django': `scrypt$1024$${salt}$8$1$${base64(scryptSync(password, salt, 64, { cost: 1_024 }))}`,
  'scrypt of passlib': `$scrypt$ln=10,r=8,p=1$${unpadded(Buffer.from(salt))}$${unpadded(scryptSync(password, salt, 32, { cost: 1_024 }))}`,
};

/** As the import leaves them. */
async function moved(hash: string): Promise<string> {
  const email = newAddress();
  const scheme = JSON.stringify(parseFormerHash(hash)?.scheme);
  await api.store.query(
    `with u as (insert into users (email, name, password_hash) values ('${email}', 'Ann', 'former') returning id)
     insert into former_passwords (user_id, hash, scheme) select id, '${hash}', '${scheme}' from u`,
  );
  return email;
}
const stored = async (email: string) =>
  (
    await api.store.query(
      `select password_hash, hash from users left join former_passwords on user_id = id where email = '${email}'`,
    )
  )[0];

describe('somebody who comes from a former store', () => {
  afterEach(() => api.store.query('delete from former_passwords'));

  it.each(Object.entries(hashes))(
    'logs in by the password of there, hashed by %s, which is ours from then on',
    async (_, hash) => {
      const email = await moved(hash);
      for (const wrong of ['wrong', hash, 'former', '']) expect((await logIn(email, wrong)).status).not.toBe(201);
      expect(await stored(email)).toEqual({ password_hash: 'former', hash });
      expect((await logIn(email, password)).status).toBe(201);
      expect(await stored(email)).toEqual({ password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,/), hash: null });
      expect((await logIn(email, password)).status).toBe(201);
      expect(codeOf(await logIn(email, 'wrong'))).toBe('wrong-credentials');
    },
  );

  it('without a hash, or who has lost the password, chooses one by the link of a reset; the former one is over', async () => {
    const email = await moved(hashes['bcrypt'] ?? '');
    const token = await resetLink(email);
    expect((await post('auth/password', { token, newPassword: 'chosen in the new store' })).status).toBe(204);
    expect(await stored(email)).toMatchObject({ hash: null });
    expect(codeOf(await logIn(email, password))).toBe('wrong-credentials');
    expect((await logIn(email, 'chosen in the new store')).status).toBe(201);
  });

  it('gets in by no hash that is left beside a password of ours', async () => {
    const email = await moved(hashes['bcrypt'] ?? '');
    await logIn(email, password);
    await api.store.query(`update former_passwords set hash = '${hashes['PBKDF2']}'`);
    expect((await logIn(email, password)).status).toBe(201); // by ours
    await api.store.query(`update users set password_hash = password_hash || 'x' where email = '${email}'`);
    await api.store.query(`update former_passwords set hash = '${hashes['PBKDF2']}'`);
    expect(codeOf(await logIn(email, password))).toBe('wrong-credentials');
  });

  it('tells nobody by its work that there is an account: one of each kind for everybody, and the same kind each time', async () => {
    for (const hash of [hashes['bcrypt'], hashes['PBKDF2'], hashes['argon2id']]) await moved(hash ?? '');
    const former = await moved(hashes['bcrypt'] ?? '');
    const ours = await moved(hashes['PBKDF2'] ?? '');
    await logIn(ours, password);
    const queue = jest.spyOn(formerPasswordQueue, 'run');
    for (const address of [former, ours, newAddress(), newAddress()]) {
      queue.mockClear();
      expect(codeOf(await logIn(address, 'wrong'))).toBe('wrong-credentials');
      expect(queue).toHaveBeenCalledTimes(1);
    }
    queue.mockRestore();
  });

  it('costs other log-ins nothing any more once the last one has a password of ours', async () => {
    const [first, second] = [await moved(hashes['bcrypt'] ?? ''), await moved(hashes['bcrypt'] ?? '')];
    const rows = async () => (await api.store.query('select from former_passwords')).length;
    await logIn(first, password);
    await deleteOld(api.props.parts.database.writer, new AbortController().signal);
    expect(await rows()).toBe(2);
    await logIn(second, password);
    await deleteOld(api.props.parts.database.writer, new AbortController().signal);
    expect(await rows()).toBe(0);
  });

  it('has half a year; who comes later resets the password', async () => {
    const [late, other] = [await moved(hashes['bcrypt'] ?? ''), await moved(hashes['bcrypt'] ?? '')];
    await api.store.query(
      `update former_passwords set imported_at = now() - interval '181 days' where user_id = (select id from users where email = '${late}')`,
    );
    await deleteOld(api.props.parts.database.writer, new AbortController().signal);
    expect(codeOf(await logIn(late, password))).toBe('wrong-credentials');
    expect((await post('auth/password', { token: await resetLink(late), newPassword: 'chosen in the new store' })).status).toBe(
      204,
    );
    expect((await logIn(other, password)).status).toBe(201);
  });

  it('waits in a queue that ends: beyond it 503, for everybody', async () => {
    const email = await moved(hashes['bcrypt'] ?? '');
    const { promise: blocked, resolve: free } = Promise.withResolvers<void>();
    const full = Array.from({ length: 6 }, () => formerPasswordQueue.run(() => blocked));
    for (const address of [email, newAddress()]) expect((await logIn(address, password)).status).toBe(503);
    free();
    await Promise.all(full);
    expect((await logIn(email, password)).status).toBe(201);
  });
});

describe('the work of a hash that nobody has', () => {
  it.each(Object.entries(hashes))('of %s is done, and opens nothing', async (_, hash) => {
    const scheme = JSON.stringify(parseFormerHash(hash)?.scheme);
    expect(await isFormerPassword(password, { scheme, hash: null })).toBe(false);
    expect(await isFormerPassword(password, { scheme, hash })).toBe(true);
  });
});

const other = (name: string, from: string | RegExp, to: string): string => (hashes[name] ?? '').replace(from, to);

describe('a hash of a former store', () => {
  it.each([
    ['none', ''],
    ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['bcrypt of too many rounds', other('bcrypt', '$04$', '$13$')],
    ['bcrypt of too few', other('bcrypt', '$04$', '$03$')],
    ['bcrypt that is cut', other('bcrypt', /.$/, '')],
    ['PBKDF2 of too many rounds', other('PBKDF2', '$1000$', '$1500001$')],
    ['PBKDF2 of none', other('PBKDF2', '$1000$', '$0$')],
    ['PBKDF2 of another digest', other('PBKDF2', 'sha256', 'md5')],
    ['argon2id of too much memory', other('argon2id', 'm=64', 'm=131073')],
    ['argon2id of too many passes', other('argon2id', 'm=64,t=2', 'm=131072,t=3')],
    ['argon2id of too many lanes', other('argon2id', 'p=2', 'p=17')],
    ['argon2id of less memory than its lanes take', other('argon2id', 'm=64,t=2,p=2', 'm=15,t=2,p=2')],
    ['scrypt of too much memory', other('scrypt of Django', '$1024$', '$131072$')],
    ['scrypt of too many lanes', other('scrypt of Django', '$8$1$', '$8$129$')],
    ['scrypt of no power of two', other('scrypt of Django', '$1024$', '$1023$')],
    ['scrypt of 2^99', other('scrypt of passlib', 'ln=10', 'ln=99')],
  ])('is refused: %s', (_, hash) => {
    expect(parseFormerHash(hash)).toBeUndefined();
  });
});
