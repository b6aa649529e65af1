/** How a store is protected, read from its template. */
export interface Protection {
  /** By topic, in the order of `protectionTopics`. */
  readonly rows: readonly ProtectionRow[];
}

export const protectionTopics = ['exposure', 'encryption', 'deletion', 'backups', 'recovery'] as const;

export type ProtectionTopic = (typeof protectionTopics)[number];

/** One statement about one kind of thing; a table row of the report. */
export interface ProtectionRow {
  readonly topic: ProtectionTopic;
  /** What it is about: `load balancer`, `database`, `4 buckets`. */
  readonly subject: string;
  /** `internal; allows CloudFront’s addresses, port 80`; at most 140 characters. */
  readonly text: string;
  /** `good`; `weak`: a reviewer should look; `fact`: neither; `not known`: a value is written that only AWS knows. */
  readonly verdict: 'good' | 'weak' | 'fact' | 'not known';
  /** Logical ids of what the statement is about; empty where it is about something that the template lacks. */
  readonly resources: readonly string[];
}

/** What cdk-nag and AWS’s validation say of the assembly; undefined in a report: not run. */
export interface FindingsReview {
  readonly packs: readonly {
    readonly name: string;
    /** Findings that nobody has accepted. */
    readonly open: readonly { readonly rule: string; readonly at: string }[];
    /** Retired packs are reported, not enforced. */
    readonly enforced: boolean;
  }[];
  /** Accepted findings that this template has, with the construct paths below its stack; the stack itself is the empty path. */
  readonly acknowledged: readonly { readonly rule: string; readonly at: readonly string[]; readonly reason: string }[];
}
