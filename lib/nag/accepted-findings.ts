import { type CfnResource, Validations } from 'aws-cdk-lib';
import { type IApplyRule, type NagPack, NagRuleCompliance } from 'cdk-nag';

/** A finding that somebody accepted, and where: at the resource or at a construct that it stands in. */
export interface AcceptedFinding {
  readonly rule: string;
  /** Path of the construct that carries the acknowledgement. */
  readonly at: string;
  readonly reason: string;
}

/** The pack, which tells the listener of each rule first: cdk-nag does not report what is accepted. */
export function observed(pack: NagPack, listener: (packName: string, rule: IApplyRule) => void): NagPack {
  const inner = pack as unknown as { readonly packName: string; applyRule: (rule: IApplyRule) => void }; // both are protected
  const applyRule = inner.applyRule.bind(pack);
  inner.applyRule = (rule) => {
    listener(inner.packName, rule);
    applyRule(rule);
  };
  return pack;
}

/** What a rule finds in a resource and somebody accepted. */
export function acceptedFindings(packName: string, params: IApplyRule): readonly AcceptedFinding[] {
  const rule = `${packName}-${params.ruleSuffixOverride ?? params.rule.name}`;
  return findingsOf(rule, params).flatMap((found) => {
    const acknowledgement = acknowledgementOf(params.node, found);
    return acknowledgement ? [{ rule: found, ...acknowledgement }] : [];
  });
}

/** As cdk-nag names them: the rule, or the rule with what it found in brackets. A rule that fails is a finding of its own. */
function findingsOf(rule: string, params: IApplyRule): readonly string[] {
  try {
    const result = params.rule(params.node);
    if (Array.isArray(result)) return result.map((finding) => `${rule}[${finding}]`);
    return result === NagRuleCompliance.NON_COMPLIANT ? [rule] : [];
  } catch {
    return [rule]; // cdk-nag reports it
  }
}

/** The nearest acknowledgement of a finding. The CDK keeps them by ids with the pack's name or `Annotation` in front. */
function acknowledgementOf(node: CfnResource, finding: string): Omit<AcceptedFinding, 'rule'> | undefined {
  for (const { node: each } of node.node.scopes.toReversed()) {
    const entries = each.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    for (const [id, reason] of entries.flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>))) {
      if (id === finding || id.endsWith(`::${finding}`)) return { at: each.path, reason };
    }
  }
  return undefined;
}
