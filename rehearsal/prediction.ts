import { ChangeReviewer } from '../lib/review/change/review-change';
import type { EffectKind } from '../lib/review/change/types';
import { statefulType } from '../lib/template/stateful-resources';
import { type CloudFormationTemplate, type Resource, Template } from '../lib/template/template';
import type { JournalEntry } from './emulator';

/** A deployment as it went. */
export interface Deployed {
  readonly from: CloudFormationTemplate;
  readonly to: CloudFormationTemplate;
  /** Physical names by logical ID. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly journal: readonly JournalEntry[];
}

type Outcome = 'added' | 'removed' | 'replaced' | 'updated';

/** What these kinds of effects mean; all others, that something is touched. A cache in place of another has another logical ID. */
const meant: Partial<Record<EffectKind, readonly Outcome[]>> = {
  added: ['added'],
  removed: ['removed'],
  replaced: ['replaced', 'added', 'removed'],
};

/** Types without a line in a review, where a resource that has one needs them; none holds data or an address that others know. */
const companions: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'of a service, whose line has the numbers of tasks',
  'AWS::Backup::BackupSelection': 'of a backup plan',
  'AWS::CloudWatch::CompositeAlarm': 'of the alarms that it counts',
  'AWS::CloudWatch::Dashboard': 'of what it shows',
  'AWS::EC2::EIP': 'of a NAT gateway',
  'AWS::EC2::Route': 'to a NAT gateway',
  'AWS::EC2::SecurityGroup': 'of the proxy, the replica or the rotation that comes or goes',
  'AWS::ECS::TaskDefinition': 'of a service, whose line has the tasks',
  'AWS::Logs::LogGroup': 'of what comes; what goes leaves it behind',
  'AWS::RDS::DBProxyTargetGroup': 'of the proxy',
  'AWS::WAFv2::LoggingConfiguration': 'of the firewall',
  'AWS::WAFv2::WebACLAssociation': 'of the firewall',
};

/** One for all changes: it keeps what it has compared. */
const reviewer = new ChangeReviewer();

/** What the review of the change said otherwise than it went; empty: all of it was so. */
export function unlikePredicted({ from, to, before, after, journal }: Deployed): readonly string[] {
  const updated = new Set(journal.flatMap(({ verb, id }) => (verb === 'update' ? [id] : [])));
  const outcomes = new Map<string, Outcome>();
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id), after.get(id)];
    if (was === undefined) outcomes.set(id, 'added');
    else if (is === undefined) outcomes.set(id, 'removed');
    else if (was !== is) outcomes.set(id, 'replaced');
    else if (updated.has(id)) outcomes.set(id, 'updated');
  }
  const review = reviewer.review({ from: { name: 'from', template: from }, to: { name: 'to', template: to }, deploy: '' });
  const effects = review.parts.flatMap((part) => part.effects);
  const named = new Set(effects.flatMap(({ resources }) => resources));
  const resourceOf = resourcesOf(from, to);
  const wrong = effects.flatMap(({ kind, resources }) =>
    resources.flatMap((id) => {
      const outcome = outcomes.get(id);
      const asSaid = outcome !== undefined && (meant[kind]?.includes(outcome) ?? true);
      return asSaid ? [] : [`${id}: ${kind} was predicted, and it was ${outcome ?? 'not touched'}`];
    }),
  );
  const replacements = new Set(reviewer.replacements(from, to).map(({ id }) => id));
  const replaced = new Set([...outcomes].flatMap(([id, outcome]) => (outcome === 'replaced' ? [id] : [])));
  const unnamed = [...outcomes].flatMap(([id, outcome]) => {
    const resource = resourceOf(id);
    if (resource === undefined || named.has(id)) return [];
    const what = `${id} (${resource.type}) was ${outcome}, and the review does not name it`;
    if (statefulType(resource)) return [`${what}: it holds data or an address`];
    return companions[resource.type] === undefined ? [what] : [];
  });
  return [
    ...review.blocks.map(({ reason }) => `blocked: ${reason}`),
    ...review.dataAtRisk.map((data) => `it would lose ${data}`),
    ...wrong,
    ...[...replacements.difference(replaced)].map((id) => `${id} was to be replaced, and kept its name ${after.get(id)}`),
    ...[...replaced.difference(replacements)].map(
      (id) => `${id} was replaced (${before.get(id)} → ${after.get(id)}), which was not said`,
    ),
    ...unnamed,
  ];
}

/** What the old template has before what the new one has: it is what would be lost. */
function resourcesOf(...templates: readonly CloudFormationTemplate[]): (id: string) => Resource | undefined {
  const all = templates.map((template) => new Template(template));
  return (id) => all.map((template) => template.withId(id)).find((resource) => resource !== undefined);
}
