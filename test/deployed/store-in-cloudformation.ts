import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createDeployedClients, type DeployedClients } from '../../lib/deployed/clients';
import { type Answer, type Answering, xmlError } from '../services/assessor/aws-server';
import type { CloudFormationTemplate } from '../support/stores';

/** What CloudFormation and RDS tell of a store's stack. */
export interface StackInAws {
  readonly status?: string;
  /** undefined: a stack without the output. */
  readonly tier?: string | undefined;
  /** Its output; undefined: it has none. */
  readonly url?: string;
  /** Template, or the text that stands for it. */
  readonly template?: object | string;
  /** Status of resources by logical ID, with a type and since when where somebody reads them. @default - all of the template are CREATE_COMPLETE */
  readonly resources?: Readonly<Record<string, string | readonly [status: string, type: string, since?: string]>>;
  /** What happened to the stack, the newest first: logical ID, type, status, reason. */
  readonly history?: readonly (readonly [id: string, type: string, status: string, reason?: string])[];
  readonly databases?: readonly DatabaseInAws[];
  readonly events?: readonly EventInAws[];
}

export interface DatabaseInAws {
  readonly id: string;
  readonly storage: number;
  readonly pending?: number;
  readonly status?: string;
}

export interface EventInAws {
  readonly message: string;
  readonly date: string;
}

type Credentials = NonNullable<Parameters<typeof createDeployedClients>[0]['credentials']>;
const testCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The project's own clients with as many attempts, and no pause between two. */
export function clientsAt(endpoint: string, region: string, credentials: Credentials = testCredentials): DeployedClients {
  return createDeployedClients({ region, endpoint, credentials, retryStrategy: new ConfiguredRetryStrategy(6, () => 0) });
}

/** CloudFormation's answer where there is no such stack. */
export const noStack: Answer = {
  status: 400,
  body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id Store-shop does not exist</Message></Error></ErrorResponse>',
};

/** Answers of a stack that is deployed; what is left out is a medium store at rest. */
export function inAws(stack: StackInAws = {}): Answering {
  const answers: Readonly<Record<string, () => Answer>> = {
    DescribeStacks: () => stacks(stack),
    GetTemplate: () => template(stack.template ?? {}),
    ListStackResources: () => resources(stack),
    DescribeStackEvents: () => history(stack.history ?? []),
    DescribeDBInstances: () => instances(stack.databases ?? []),
    DescribeEvents: () => events(stack.events ?? []),
  };
  return ({ action }) => answers[action]?.() ?? xmlError('InvalidAction');
}

function stacks(stack: StackInAws): Answer {
  const { status = 'UPDATE_COMPLETE' } = stack;
  const tier = 'tier' in stack ? stack.tier : 'medium';
  const output = Object.entries({ Tier: tier, Url: stack.url })
    .map(([key, value]) =>
      value === undefined ? '' : `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    .join('');
  const id = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Store-shop/8f2c';
  return result(
    'DescribeStacks',
    `<Stacks><member><StackId>${id}</StackId><StackName>Store-shop</StackName><StackStatus>${status}</StackStatus><Outputs>${output}</Outputs></member></Stacks>`,
  );
}

function template(value: object | string): Answer {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return result('GetTemplate', `<TemplateBody>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TemplateBody>`);
}

function resources({ resources: given, template: of }: StackInAws): Answer {
  const ids = Object.keys((of as CloudFormationTemplate | undefined)?.Resources ?? {});
  const all = Object.entries(given ?? Object.fromEntries(ids.map((id) => [id, 'CREATE_COMPLETE'])));
  return result('ListStackResources', `<StackResourceSummaries>${all.map(listed).join('')}</StackResourceSummaries>`);
}

function listed([id, given]: readonly [string, string | readonly [status: string, type: string, since?: string]]): string {
  const [status, type = 'AWS::SQS::Queue', since] = typeof given === 'string' ? [given] : given;
  const fields = Object.entries({
    LogicalResourceId: id,
    ResourceStatus: status,
    ResourceType: type,
    LastUpdatedTimestamp: since,
  });
  return `<member>${fields.flatMap(([name, value]) => (value === undefined ? [] : `<${name}>${value}</${name}>`)).join('')}</member>`;
}

function history(all: NonNullable<StackInAws['history']>): Answer {
  const one = ([id, type, status, reason = '']: (typeof all)[number]) =>
    [
      `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType>`,
      `<ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason></member>`,
    ].join('');
  return result('DescribeStackEvents', `<StackEvents>${all.map(one).join('')}</StackEvents>`);
}

function instances(all: readonly DatabaseInAws[]): Answer {
  const one = ({ id, storage, pending, status = 'available' }: DatabaseInAws) =>
    [
      `<DBInstance><DBInstanceIdentifier>${id}</DBInstanceIdentifier><DBInstanceStatus>${status}</DBInstanceStatus>`,
      `<AllocatedStorage>${storage}</AllocatedStorage>`,
      pending === undefined
        ? ''
        : `<PendingModifiedValues><AllocatedStorage>${pending}</AllocatedStorage></PendingModifiedValues>`,
      '</DBInstance>',
    ].join('');
  return result('DescribeDBInstances', `<DBInstances>${all.map(one).join('')}</DBInstances>`);
}

function events(all: readonly EventInAws[]): Answer {
  const one = ({ message, date }: EventInAws) => `<Event><Message>${message}</Message><Date>${date}</Date></Event>`;
  return result('DescribeEvents', `<Events>${all.map(one).join('')}</Events>`);
}

const result = (action: string, inner: string): Answer => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});
