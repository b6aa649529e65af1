import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompareIo, main } from '../../bin/compare';
import { cdkJsonOf, type Synthesized, synthesizeIn } from '../../bin/compare/synthesize-in';
import { githubFacts } from '../../lib/facts/github';
import type { TierName } from '../../lib/tiers/tier';
import { golden } from '../support/golden';
import { setUp } from '../support/set-up';
import { templateOf } from '../support/stores';

type Stores = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Context {
  readonly tier: TierName;
  readonly store?: string;
  readonly stores: Stores;
}

/** A store with its settings; `broken` among them: its code cannot make it. */
function synthesized({ tier, store = 'review', stores }: Context): Synthesized {
  const { tier: _, broken, ...settings } = stores[store] ?? {};
  if (typeof broken === 'string') return { problem: broken };
  return { template: templateOf(tier, settings, store) };
}

interface Given extends Partial<CompareIo> {
  readonly make?: (context: Context) => Synthesized;
}

const broken = (): Synthesized => ({ problem: 'broken' });

/** Compares stores that stand in two files; what each side was asked to make, in `made`. */
function run(base: Stores, head: Stores, { make = synthesized, ...io }: Given = {}) {
  let [out, error] = ['', ''];
  const made: string[] = [];
  const code = main(['--base', 'base', '--head', 'head'], {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    contextOf: (folder) => ({ stores: folder === 'base' ? base : head }),
    synthesizeIn: (folder, context) => {
      made.push(`${folder} ${String(context['tier'])}`);
      return make(context as unknown as Context);
    },
    ...io,
  });
  return { code, out, error, made };
}

const region = 'us-east-1';
const small = { region, tier: 'small' };

const cases: Readonly<Record<string, readonly [base: Stores, head: Stores]>> = {
  unchanged: [{ shop: small }, { shop: small }],
  cheaper: [{ shop: { region, tier: 'medium', network: { natGateways: 2 } } }, { shop: { region, tier: 'medium' } }],
  'dearer-and-interrupts': [{ shop: small }, { shop: { ...small, database: { instanceClass: 'db.t4g.small' } } }],
  'another-size': [{ shop: small }, { shop: { region, tier: 'medium' } }],
  blocked: [{ shop: { ...small, database: { storageGb: 50 } } }, { shop: small }],
  'new-and-gone': [{ old: small }, { shop: small }],
  'base-broken': [
    { shop: { ...small, broken: 'Store "shop" cannot be deployed: 1 problem' }, other: small },
    { shop: small, other: small },
  ],
  'broken-and-gone': [{ shop: { ...small, broken: 'x' } }, {}],
  'head-broken': [{ shop: small }, { shop: { ...small, broken: '```` <b>@octocat</b>' } }],
};

describe('the comment on a pull request', () => {
  test.each(Object.entries(cases))('%s', (name, [base, head]) => {
    const { code, out, error } = run(base, head);

    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toBe(golden(join(__dirname, `compare/golden/${name}.txt`), out));
    expect(out.split('\n')[0]).toBe('<!-- store-comparison -->');
  });

  test('has all four sizes of a store that pins none, and of no store at all', () => {
    const sizes = ['small', 'medium', 'large', 'enterprise'].flatMap((size) => [`base ${size}`, `head ${size}`]);

    expect(run({ shop: { region } }, { shop: { region } }, { make: broken }).made).toEqual(sizes);
    const none = run({}, {}, { make: () => ({ template: templateOf('small') }) });
    expect(none.made).toEqual(sizes);
    expect(none.out).toContain('| a store without settings, enterprise | no change |');
  });

  test('of a store that pins its size in one version only is about that size', () => {
    expect(run({ shop: { region } }, { shop: small }, { make: broken }).made).toEqual(['base small', 'head small']);
    expect(run({ shop: small }, { shop: { region } }, { make: broken }).made).toEqual(['base small', 'head small']);
  });

  test('fits into what GitHub takes, whatever there is to say', () => {
    const stores = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`shop-${index}`, small]));
    const { out } = run(stores, stores, { make: () => ({ problem: 'ü'.repeat(1_500) }) });

    expect(Buffer.byteLength(out)).toBeLessThanOrEqual(githubFacts.commentCharacters.most);
    expect(Buffer.byteLength(out)).toBeGreaterThan(githubFacts.commentCharacters.most - 4_000);
    expect(out.match(/^\| shop-\d+, small /gm)).toHaveLength(80);
    expect(out).toMatch(/\n\d+ more reviews are too long for a comment\.\n$/);
  });

  test('mentions nobody and makes no Markdown of names and errors', () => {
    const { out } = run({}, { '@octocat|<img>': { ...small, broken: 'x' } });

    expect(out).toContain('| ?octocat??img?, small | **cannot be synthesised** |');
    expect(out).not.toContain('@octocat');
  });

  test('is not written where a folder is no checkout', () => {
    const { code, out, error } = run(
      {},
      {},
      {
        contextOf: (folder) => cdkJsonOf(join(tmpdir(), 'no-such-folder', folder)) as Readonly<Record<string, unknown>>,
      },
    );

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^error: base has no cdk\.json that can be read: (Error: )?ENOENT/);
  });
});

/** Code of an app that writes a template. */
const write = (name: string) =>
  `require('fs').writeFileSync(out + '/${name}', JSON.stringify({ Resources: { [JSON.parse(context).tier]: { Type: 'AWS::S3::Bucket' } } }));`;

describe('a checkout', () => {
  let folder: string;
  setUp((started) => {
    folder = mkdtempSync(join(tmpdir(), 'checkout-'));
    started.defer(() => rmSync(folder, { recursive: true }));
    return Promise.resolve();
  });

  /** A CDK app of a few lines. */
  const checkout = (code: string, app: unknown = 'node app.cjs'): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app, context: { stores: {} } }));
    writeFileSync(join(folder, 'app.cjs'), `const { CDK_OUTDIR: out, CDK_CONTEXT_JSON: context } = process.env;\n${code}`);
    return folder;
  };

  test('is synthesised by the app that its own cdk.json names, with the context', () => {
    expect(synthesizeIn(checkout(write('Store-shop.template.json')), { tier: 'small' })).toEqual({
      template: { Resources: { small: { Type: 'AWS::S3::Bucket' } } },
    });
    expect(cdkJsonOf(folder).context).toEqual({ stores: {} });
  });

  test.each([
    [
      'the last of its words, without colours and places',
      'throw new Error("\\u001b[31mno " + __filename)',
      undefined,
      /Error: no app\.cjs/,
    ],
    ['that it says nothing', 'process.exitCode = 1', undefined, /^its app ends without a word$/],
    ['that it writes nothing', '', undefined, /^its app writes no template$/],
    [
      'that it writes too much',
      write('A.template.json') + write('B.template.json'),
      undefined,
      /^its app writes several templates$/,
    ],
    [
      'that it writes no template',
      'require("fs").writeFileSync(out + "/A.template.json", "[]")',
      undefined,
      /^A\.template\.json is not a template/,
    ],
    ['that it has no app', '', 7, /^cdk\.json names no app$/],
  ])('that cannot be synthesised says %s', (_, code, app, problem) => {
    const made = synthesizeIn(checkout(code, app), { tier: 'small' });

    expect(made).toEqual({ problem: expect.stringMatching(problem) as string });
    expect(JSON.stringify(made)).not.toContain(folder);
  });
});
