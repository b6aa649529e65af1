import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { acknowledgements } from '../lib/acknowledgements';
import { addStore, createApp } from '../lib/store-app';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { storeConfig } from './stores';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Synthesises with AWS's own template validation and both packs of cdk-nag; returns what they found. */
function findings(tier: TierName, spoil: (stack: Stack) => void = () => {}): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'validation-'));
  const report = join(outdir, 'validation-report.json');
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const app = createApp({ outdir });
    spoil(addStore(app, storeConfig(tier)));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
    try {
      app.synth();
    } catch (error) {
      if (!existsSync(report)) throw error; // errors of validation are in the report
    }
    const { pluginReports } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    return pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      ),
    );
  } finally {
    quiet.mockRestore();
    rmSync(outdir, { recursive: true, force: true });
  }
}

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

test.each(tierNames)(
  'AWS’s template validation, AwsSolutions and NIST 800-53 R5 find nothing unacknowledged in the %s size',
  (tier) => {
    expect(findings(tier)).toEqual([]);
  },
);

test('all three do find what is wrong and not acknowledged', () => {
  const found = findings('medium', (stack) => {
    new Bucket(stack, 'Forgotten');
    const replica = stack.node.findChild('Replicas').node.findChild('Replica1').node.defaultChild as CfnResource;
    replica.addPropertyOverride('StorageEncrypted', true);
  });
  expect(found).toEqual(
    expect.arrayContaining([
      'AwsSolutions-S1 Store-shop/Forgotten/Resource',
      'NIST.800.53.R5-S3BucketVersioningEnabled Store-shop/Forgotten/Resource',
      'F3020 Store-shop/Replicas/Replica1/Resource',
    ]),
  );
});

test('each acknowledgement gives a reason, once', () => {
  for (const { reason } of acknowledgements) expect(reason.length).toBeGreaterThan(40);
  const rules = acknowledgements.map(({ rule }) => rule);
  expect(new Set(rules).size).toBe(rules.length);
});
