import { argon2Sync, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { setUp } from '../../../support/set-up';
import { countsOf, type Importer, startImporter } from './importer';

let importer: Importer;
setUp(async (started) => {
  importer = await started.use(startImporter());
});

const header = 'email,name,passwordHash,orderEmails,createdAt';
const csv = (...lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
const hash = hashSync('spring', 4);
const ann = `Ann@Example.com,Ann,${hash},false,2024-02-03T04:05:06Z`;
const userOf = async (email: string) =>
  (
    await importer.sql(
      `select name, password_hash, role, order_emails, created_at, hash, scheme from users left join former_passwords on user_id = id where email = '${email}'`,
    )
  )[0];

describe('customers', () => {
  it('come with the hash that they had, which is no password of ours', async () => {
    expect(countsOf(await importer.bring('customers', 'csv', csv(ann, 'ben@example.com,,,,')))).toBe(
      '2 created, 0 changed, 0 unchanged',
    );
    expect(await userOf('ann@example.com')).toEqual({
      name: 'Ann',
      password_hash: 'former',
      role: 'customer',
      order_emails: false,
      created_at: new Date('2024-02-03T04:05:06Z'),
      hash,
      scheme: '{"algorithm":"bcrypt","rounds":4}',
    });
    expect(await userOf('ben@example.com')).toMatchObject({
      name: '',
      password_hash: 'former',
      order_emails: true,
      hash: null,
      scheme: null,
    });
  });

  it('are the same after the same file again, and change with another one until they use their account here', async () => {
    expect(countsOf(await importer.bring('customers', 'csv', csv(ann, 'ben@example.com,,,,')))).toBe(
      'nothing to change: 0 created, 0 changed, 2 unchanged',
    );
    const later = hashSync('summer', 4);
    const changed = csv(`ann@example.com,Anna,${later},,`, `ben@example.com,Ben,${later},,`);
    expect(countsOf(await importer.bring('customers', 'csv', changed))).toBe('0 created, 2 changed, 0 unchanged');
    expect(await userOf('ann@example.com')).toMatchObject({ name: 'Anna', order_emails: false, hash: later });
    expect(await userOf('ben@example.com')).toMatchObject({ name: 'Ben', hash: later });

    await importer.sql(`update users set password_hash = '$argon2id$ours', name = 'Annie' where email = 'ann@example.com'`);
    expect(await userOf('ann@example.com')).toMatchObject({ hash: null, scheme: expect.any(String) }); // the trigger
    expect(countsOf(await importer.bring('customers', 'csv', csv(ann, `ben@example.com,Ben,${later},,`)))).toBe(
      'nothing to change: 0 created, 0 changed, 1 unchanged, 1 kept, who use their account here',
    );
    expect(await userOf('ann@example.com')).toMatchObject({ name: 'Annie', password_hash: '$argon2id$ours', hash: null });
  });

  it('make no admin, and change none', async () => {
    await importer.sql(`insert into users (email, password_hash, role) values ('ops@example.com', 'x', 'admin')`);
    expect(countsOf(await importer.bring('customers', 'csv', csv(`ops@example.com,Eve,${hash},,`)))).toContain('1 kept');
    expect(await userOf('ops@example.com')).toMatchObject({ name: '', password_hash: 'x', role: 'admin', hash: null });
    const { code, error } = await importer.bring('customers', 'json', '{"email":"eve@example.com","role":"admin"}');
    expect([code, error]).toEqual([
      1,
      expect.stringContaining('line 1, role: got a field that is unknown; allowed: these fields: email, name'),
    ]);
  });

  it('whose hash nobody can check, or that would cost too much, are told by line without it, and none is imported', async () => {
    const salt = 'A'.repeat(22);
    const tooMuch = [
      '5f4dcc3b5aa765d61d8327deb882cf99',
      hashSync('x', 4).replace('$04$', '$13$'),
      `pbkdf2_sha256$1500001$salt$${pbkdf2Sync('x', 'salt', 1, 32, 'sha256').toString('base64')}`,
      `$argon2id$v=19$m=262144,t=1,p=1$${salt}$${argon2Sync('argon2id', { message: 'x', nonce: 'saltsalt', memory: 8, passes: 1, parallelism: 1, tagLength: 32 }).toString('base64')}`,
      `scrypt$1048576$salt$8$1$${scryptSync('x', 'salt', 32).toString('base64')}`,
    ];
    const { code, error } = await importer.bring(
      'customers',
      'json',
      JSON.stringify(
        [...tooMuch.map((passwordHash, index) => ({ email: `p${index}@example.com`, passwordHash })), { email: 'no address' }],
        null,
        1,
      ),
    );
    expect(code).toBe(1);
    const lines = error.split('\n').filter((line) => line.startsWith('  line'));
    expect(lines).toEqual([
      ...tooMuch.map((_, index) =>
        expect.stringMatching(
          new RegExp(`^ {2}line ${2 + 4 * index}, passwordHash: got a value that is not shown; allowed: bcrypt `),
        ),
      ),
      expect.stringMatching(/^ {2}line 22, email: got "no address"; allowed: is no e-mail address in ASCII/),
    ]);
    for (const one of tooMuch) expect(error).not.toContain(one);
    expect(await importer.sql(`select from users where email like 'p%'`)).toEqual([]);
  });
});
