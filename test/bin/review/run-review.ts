import { main } from '../../../bin/review';
import type { ReviewIo } from '../../../bin/review/io';
import type { StoreConfig } from '../../../lib/config/store-config';
import type { Report } from '../../../lib/review/report';
import type { StoreReview } from '../../../lib/review/review-store';
import type { Resources } from '../../review/cost/bill-of';
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly configs: readonly StoreConfig[];
  /** What was written, by path. */
  readonly written: Readonly<Record<string, string>>;
}

const stores = {
  acme: { region: 'eu-west-1', tier: 'small' },
  bold: { region: 'us-east-1', acceptRisk: 'one demo a week', database: { multiAz: false } },
  far: { region: 'sa-east-1' },
};

export const failure = (code: string) => Object.assign(new Error(code), { code });

/** Runs the command on a template of as many addresses as the size has NAT gateways, and one. */
export function run(...argv: string[]): Run {
  return runWith({}, ...argv);
}

interface Given {
  /** More resources in the template of each size. */
  readonly resources?: (config: StoreConfig) => Resources;
  /** Contents by path, or why it cannot be read. */
  readonly files?: Readonly<Record<string, string | Error>>;
  /** What commits make of a size, by their names. */
  readonly commits?: Readonly<Record<string, Resources>>;
  /** @default - a template of addresses, and `resources` */
  readonly synthesize?: ReviewIo['synthesize'];
  /** In cdk.json. */
  readonly stores?: Readonly<Record<string, unknown>>;
}

export function runWith(
  { resources = () => ({}), files = {}, commits = {}, stores: inFile = stores, synthesize }: Given,
  ...argv: string[]
): Run {
  let [out, error] = ['', ''];
  const configs: StoreConfig[] = [];
  const written: Record<string, string> = {};
  const io: ReviewIo = {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    seconds: () => 0.5,
    now: () => new Date('2026-11-20T12:00:00Z'),
    context: () => ({ stores: inFile }),
    synthesize: (config) => {
      configs.push(config);
      if (synthesize) return synthesize(config);
      const addresses = Array.from({ length: 1 + config.network.natGateways }, (_, index) => [
        `Eip${index}`,
        { Type: 'AWS::EC2::EIP' },
      ]);
      return { Resources: { ...resources(config), ...(Object.fromEntries(addresses) as Resources) } };
    },
    templateAt: (commit) => {
      const Resources = commits[commit];
      return Resources ? { template: { Resources } } : { problem: `fatal: invalid reference: ${commit}` };
    },
    findings: ({ tier }) => ({ packs: [{ name: `pack for ${tier}`, enforced: true, open: [] }], acknowledged: [] }),
    readFile: (path) => {
      const found = files[path] ?? failure('ENOENT');
      if (typeof found !== 'string') throw found;
      return found;
    },
    writeFile: (path, text) => {
      const there = files[path];
      if (there instanceof Error) throw there;
      written[path] = text;
    },
  };
  return { code: main(argv, io), out, error, configs, written };
}

export function reportIn({ out }: Run): Report {
  return JSON.parse(out) as Report;
}

export function reviewsIn(done: Run): readonly StoreReview[] {
  return reportIn(done).reviews;
}

/** A database whose storage is the size's. */
export const database = ({ database: { storageGb, instanceClass } }: StoreConfig): Resources => ({
  Primary: {
    Type: 'AWS::RDS::DBInstance',
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
    Properties: {
      DBInstanceClass: instanceClass,
      AllocatedStorage: String(storageGb),
      MultiAZ: true,
      StorageType: 'gp3',
      Engine: 'postgres',
      EngineVersion: '18',
      ...(storageGb >= 400 && { Iops: 12_000, StorageThroughput: 500 }),
    },
  },
});

/** A saved template of a store, with a type that nobody has priced. */
export const withAddition = JSON.stringify({
  Resources: {
    Address: { Type: 'AWS::EC2::EIP', Properties: { Tags: [{ Key: 'store', Value: 'acme' }] } },
    Game: { Type: 'AWS::GameLift::Fleet' },
  },
  Outputs: { Tier: { Value: 'small' } },
});
