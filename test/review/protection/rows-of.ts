import { reviewProtection } from '../../../lib/review/protection/review-protection';
import type { Protection, ProtectionTopic } from '../../../lib/review/protection/types';
import { type CloudFormationTemplate, Template } from '../../../lib/template/template';

/** A resource of a template, with what stands beside its properties. */
export interface Written {
  readonly Type: string;
  readonly Properties?: object;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export type WrittenResources = Readonly<Record<string, Written>>;

export function protectionOf(source: CloudFormationTemplate): Protection {
  return reviewProtection(new Template(source));
}

/** `weak database: not encrypted`, of one topic. */
export function rowsOf(Resources: WrittenResources, topic: ProtectionTopic): readonly string[] {
  return protectionOf({ Resources })
    .rows.filter((row) => row.topic === topic)
    .map(({ verdict, subject: what, text }) => `${verdict} ${what}: ${text}`);
}

export const it = (
  Type: string,
  Properties: object = {},
  policies: Omit<Written, 'Type' | 'Properties'> = {},
): WrittenResources => ({
  It: { Type, Properties, ...policies },
});
