import { main } from '../../../bin/deploy-github';
import type { GithubIo } from '../../../bin/deploy-github/io';
import { clientsAt } from '../../deployed/store-in-cloudformation';
import { type Answering, type AwsServer, startAws } from '../../services/assessor/aws-server';
import { databasesOf } from '../deploy/run-deploy';

interface Run {
  readonly code: number;
  readonly error: string;
  readonly summary: string;
  /** What a later job gets. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Arguments of every run of the CDK. */
  readonly cdk: readonly (readonly string[])[];
  /** What was asked whether it is healthy. */
  readonly asked: readonly string[];
  /** ms that were waited, all together. */
  readonly waited: number;
}

interface Given extends Partial<GithubIo> {
  readonly stores?: Readonly<Record<string, object>>;
}

const started: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

/** Runs the command of the workflow on what CloudFormation answers; each run of the CDK takes three minutes. */
export async function runGithub(answer: Answering, argv: readonly string[], { stores, ...io }: Given = {}): Promise<Run> {
  const server = await startAws(answer);
  started.push(server);
  let [error, summary] = ['', ''];
  let [waited, minutes] = [0, 0];
  const outputs: Record<string, string> = {};
  const cdk: (readonly string[])[] = [];
  const asked: string[] = [];
  const code = await main(argv, {
    write: () => undefined,
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date(Date.UTC(2026, 10, 20, 12, minutes)),
    progressDelayMs: 60_000,
    context: () => ({ stores: stores ?? { shop: { region: 'us-east-1' } } }),
    synthesize: ({ tier }) => databasesOf(tier),
    clients: (region) => clientsAt(server.url, region),
    preflight: () => Promise.resolve([]),
    cdk: (text) => {
      cdk.push(text);
      minutes += 3;
      return Promise.resolve(0);
    },
    summarize: (text) => (summary += text),
    output: (name, value) => (outputs[name] = value),
    statusOf: (url) => Promise.resolve(asked.push(url) > 0 ? 200 : undefined),
    wait: (ms) => {
      waited += ms;
      return Promise.resolve();
    },
    ...io,
  });
  return { code, error, summary, outputs, cdk, asked, waited };
}
