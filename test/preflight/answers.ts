import { type Answer, json, jsonError } from '../services/assessor/aws-server';

/** Answers in AWS's protocols. A field may have elements of its own. */
type Fields = Readonly<Record<string, string>>;

export const found = (value: object | undefined, answer: (value: object) => object): Answer =>
  value === undefined ? jsonError('ResourceNotFoundException') : json(answer(value));

/** The query protocol, as RDS's. */
export const xml = (action: string, inner: string): Answer => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});

export const ec2 = (action: string, inner: string): Answer => ({ body: `<${action}Response>${inner}</${action}Response>` });

/** REST in XML, as CloudFront's. */
export const rest = (root: string, inner: string): Answer => ({ body: `<${root}>${inner}</${root}>` });

/** A list of EC2's. */
export const items = (set: string, all: readonly Fields[]): string => listed(set, 'item', all);

export const listed = (set: string, name: string, all: readonly Fields[]): string =>
  `<${set}>${all.map((fields) => `<${name}>${elements(fields)}</${name}>`).join('')}</${set}>`;

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
