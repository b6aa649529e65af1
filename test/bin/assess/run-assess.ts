import { main } from '../../../bin/assess';
import type { AssessIo } from '../../../bin/assess/io';
import type { StoreConfig } from '../../../lib/config/store-config';
import { type Answering, type AwsServer, startAws } from '../../services/assessor/aws-server';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly configs: readonly StoreConfig[];
}

export const servers: AwsServer[] = [];

/** The environment without anything of AWS, so that no test sees a developer's account. */
export const noAws: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

beforeEach(() => {
  process.env = { ...noAws };
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** An address of 3.65 USD a month for each replica and each hundred GB; the class after the medium one has ten more. */
function synthesize({ database }: StoreConfig) {
  const count = database.readReplicas + database.storageGb / 100 + (database.instanceClass === 'db.t4g.large' ? 10 : 0);
  return {
    Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => [`Eip${index}`, { Type: 'AWS::EC2::EIP' }])),
  };
}

export async function run(answer: Answering, argv: readonly string[], io: Partial<AssessIo> = {}): Promise<Run> {
  const server = await startAws(answer);
  servers.push(server);
  let [out, error] = ['', ''];
  const configs: StoreConfig[] = [];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    region: 'us-east-1',
    clients: (region) => server.clients(region),
    synthesize: (config) => {
      configs.push(config);
      return synthesize(config);
    },
    ...io,
  });
  return { code, out, error, configs };
}

export const stack = ['--stack', 'Store-shop'];
