import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../../services/api/open-api';
import { pathForm } from '../../../services/api/route';
import { routes } from '../../../services/api/routes';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: never;
}

export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, { readonly headers?: object; readonly content?: object }>>;
}

export const apiDocument = openApiDocument(routes);
export const operations = Object.entries(apiDocument.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): Operation => Object.assign({ path, method }, operation)),
);

const ajv = addFormats(new Ajv({ strict: false, allErrors: true })).addSchema(apiDocument, 'api');
const compiled = new Map<string, ValidateFunction>();
const pointer = (...keys: readonly string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

function checkOf(...keys: readonly string[]): ValidateFunction {
  const place = pointer(...keys);
  const check = compiled.get(place) ?? ajv.compile({ $ref: `api#${place}` });
  compiled.set(place, check);
  return check;
}

/** What of an answer is not as the document says. */
export function deviations({ path, method, responses }: Operation, { status, headers, body }: Answered): readonly unknown[] {
  const response = responses[status];
  if (!response) return [`${status} is not documented`];
  const missing = Object.keys(response.headers ?? {}).filter((name) => !headers.has(name));
  if (!response.content) return body === '' ? missing : [...missing, 'a body'];
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (!(type in response.content)) return [...missing, `the type ${type}`];
  const check = checkOf('paths', path, method, 'responses', String(status), 'content', type, 'schema');
  return check(body) ? missing : [...missing, ...(check.errors ?? [])];
}

const forms = operations
  .map((operation) => ({
    operation,
    form: pathForm(operation.path),
  }))
  .toSorted((one, other) => one.operation.path.split('{').length - other.operation.path.split('{').length);

/** undefined for what the document does not have. `path`: with its query. */
export function operationOf(method: string, path: string): Operation | undefined {
  const [plain = ''] = path.split('?');
  return forms.find(({ operation, form }) => operation.method === method.toLowerCase() && form.test(plain))?.operation;
}
