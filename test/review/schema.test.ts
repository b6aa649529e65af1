import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { reviewSchema } from '../../bin/docs/review-schema';
import { main } from '../../bin/review';
import { sampleAssessment, unknownEnd } from '../bin/review/an-assessment';
import { reviewedTemplate } from '../support/reviewed-templates';

const schema = readFileSync(join(__dirname, '../../docs/review.schema.json'), 'utf8');

const assessments: Readonly<Record<string, object>> = {
  'assessment.json': sampleAssessment,
  'unknown.json': { ...sampleAssessment, tier: undefined, forecast: { days: 3, size: unknownEnd, budget: unknownEnd } },
};

/** What the command writes for real templates. */
function json(...argv: string[]): unknown {
  let out = '';
  main([...argv, '--json'], {
    write: (text) => (out += text),
    writeError: () => undefined,
    colour: false,
    seconds: () => 1,
    now: () => new Date('2026-11-20T12:00:00Z'),
    context: () => ({}),
    templateAt: () => ({ problem: 'no commit is read here' }),
    synthesize: ({ tier }) => reviewedTemplate(tier),
    findings: () => ({
      packs: [{ name: 'AwsSolutions', enforced: true, open: [{ rule: 'AwsSolutions-RDS3', at: 'Database' }] }],
      acknowledged: [{ rule: 'AwsSolutions-CFR1', at: ['Cdn'], reason: 'It sells everywhere.' }],
    }),
    readFile: (path) => JSON.stringify(assessments[path]),
    writeFile: () => undefined,
  });
  return JSON.parse(out);
}

describe('the schema of the review', () => {
  it('is that of the types: `npm run docs` writes it', () => {
    expect(schema).toBe(reviewSchema());
  });

  it.each([
    ['the four sizes with their changes', ['--changes']],
    ['one size with its findings', ['--tier', 'medium', '--findings']],
    ['two bills', ['--compare', 'small', 'medium:orders=3000']],
    ['a running store', ['--tier', 'medium', '--assessment', 'assessment.json']],
    ['a running store of which nothing is known', ['--tier', 'medium', '--assessment', 'unknown.json']],
    ['a change', ['--from', 'medium', '--to', 'small']],
    ['stores that carry a demand', ['--carry', 'orders=500', '--tier', 'medium', '--max-usd', '900']],
    ['that nothing carries a demand', ['--carry', 'usersAtOnce=90M', '--tier', 'medium']],
  ])('describes %s', (_, argv) => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(schema) as object);

    validate(json(...argv));
    expect(validate.errors).toBeNull();
  });

  it('takes no field that it does not describe', () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(schema) as object);

    expect(validate({ ...(json('--tier', 'small') as object), more: 1 })).toBe(false);
  });
});
