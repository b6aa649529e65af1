import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Context of cdk.json, as the CDK's command line reads it. */
export function cdkContext(): Readonly<Record<string, unknown>> {
  const file = JSON.parse(readFileSync(resolve(__dirname, '../cdk.json'), 'utf8')) as { context?: Record<string, unknown> };
  return file.context ?? {};
}
