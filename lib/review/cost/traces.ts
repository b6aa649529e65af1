import { sampledPercent } from '../../template/traces';
import { figure } from '../text/money';
import type { AssumptionName } from './assumptions';
import { type Charge, used } from './charge';
import type { Scope } from './entry';

const from: readonly AssumptionName[] = ['apiRequests', 'spansPerRequest'];

/** Spans that the account's Transaction Search takes in, and their way there; none where no service makes any. */
export function traceCharges({ template, usage }: Scope): readonly Charge[] {
  const percent = sampledPercent(template);
  if (percent === undefined) return [];
  const { spansPerRequest, spanKiB, indexedSpanShare } = usage;
  const spans = usage.apiRequests * (percent / 100) * spansPerRequest;
  const gb = (spans * spanKiB) / 1024 ** 2;
  const indexed = spans * indexedSpanShare;
  const hasNatGateway = template.ofType('AWS::EC2::NatGateway').length > 0;
  return [
    { ...used(`spans of ${figure(percent, 2)}% of the requests`, 'traces.spans', gb, [...from, 'spanKiB']), part: 'logs' },
    {
      ...used('spans indexed as summaries of traces', 'traces.indexed', indexed, [...from, 'indexedSpanShare']),
      allowance: { quantity: indexed, text: '1% of the spans' },
      part: 'logs',
    },
    ...(hasNatGateway
      ? [{ ...used('spans through NAT gateways', 'nat.gb', gb, [...from, 'spanKiB']), part: 'network' as const }]
      : []),
  ];
}
