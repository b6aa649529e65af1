import { main } from '../../bin/commit-images';
import { commitImages } from '../../bin/commit-images/images';

const commit = '0123456789abcdef0123456789abcdef01234567';
const registry = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const ours = `${registry}/shop:commit`;
const program = { image: ours, port: 3000 };
const stores = {
  shop: {
    region: 'us-east-1',
    app: { api: program, worker: { image: ours }, migrations: { image: `${registry}/team/jobs:commit` } },
  },
  other: { region: 'eu-west-1', servicesImage: '444455556666.dkr.ecr.eu-west-1.amazonaws.com/store:commit' },
  built: { region: 'us-east-1', servicesImage: `${registry}/shop:1.4.2`, app: { api: { image: 'ghcr.io/acme/api:commit' } } },
};

async function run(...argv: string[]) {
  let [out, error] = ['', ''];
  const written: string[] = [];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    context: () => ({ stores }),
    readSettings: () => JSON.stringify({ app: 'node bin/store.ts', context: { stores } }),
    writeSettings: (text) => written.push(text),
  });
  return { code, out, error, written };
}

describe('npm run images', () => {
  it('lists each image once, with what a pipeline needs to build it', async () => {
    expect(await run('--commit', commit)).toEqual({
      code: 0,
      out: [
        `${registry} us-east-1 shop ${registry}/shop:${commit}`,
        `${registry} us-east-1 team/jobs ${registry}/team/jobs:${commit}`,
        `444455556666.dkr.ecr.eu-west-1.amazonaws.com eu-west-1 store 444455556666.dkr.ecr.eu-west-1.amazonaws.com/store:${commit}`,
        '',
      ].join('\n'),
      error: '',
      written: [],
    });
  });

  it('writes the commit into the settings of one store, and changes nothing else', async () => {
    const { out, written } = await run('--commit', commit, '--store', 'shop', '--write');
    const [text = ''] = written;

    expect(out.split('\n')).toHaveLength(3);
    expect(JSON.parse(text)).toEqual({
      app: 'node bin/store.ts',
      context: {
        stores: {
          ...stores,
          shop: {
            region: 'us-east-1',
            app: {
              api: { image: `${registry}/shop:${commit}`, port: 3000 },
              worker: { image: `${registry}/shop:${commit}` },
              migrations: { image: `${registry}/team/jobs:${commit}` },
            },
          },
        },
      },
    });
  });

  it('writes nothing where there is none, and takes only a whole commit', async () => {
    expect(await run('--commit', commit, '--store', 'built', '--write')).toMatchObject({ code: 0, out: '', written: [] });
    expect(await run('--commit', 'main')).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringContaining('40 digits') as string,
    });
  });
});

test('a context without stores has no image', () => {
  expect(commitImages({})).toEqual([]);
  expect(commitImages({ stores }, 'missing')).toEqual([]);
});
