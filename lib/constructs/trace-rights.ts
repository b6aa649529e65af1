import * as iam from 'aws-cdk-lib/aws-iam';
import { environment } from '../../services/contract';
import type { TracesConfig } from '../config/store-config';

/**
 * Lets a role send spans to X-Ray's OTLP endpoint. Neither action knows a resource. AWS's page on sending without a collector
 * (CloudWatch-OTLP-UsingADOT) has the role get `AWSXrayWriteOnlyPolicy`, of which `PutTraceSegments` is what writes, and one user's endpoint refused
 * without it. Others report that theirs asks for `PutSpans`, which public notes on AWS's service authorization reference call the right to send
 * OpenTelemetry's spans (all read 2026-11-29). docs/unproven.md has how to see which one may go.
 */
export function grantTraces(role: iam.IRole): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['xray:PutSpans', 'xray:PutTraceSegments'], resources: ['*'] }));
}

/** The share of requests for a program that makes spans. */
export const tracesVariable = (traces: TracesConfig | undefined): Record<string, string> =>
  traces ? { [environment.tracesSampledPercent]: String(traces.sampledPercent) } : {};
