import { join } from 'node:path';
import { replacing } from '../../../lib/review/change/rules/in-place';
import { minorProperties, minorTypes } from '../../../lib/review/change/rules/noise';
import { isKnownType, rulesOf } from '../../../lib/review/change/rules/table';
import { statefulTypes } from '../../../lib/template/stateful-resources';
import { tierNames } from '../../../lib/tiers/tier';
import { golden } from '../../support/golden';
import { type ResourceSpec, resourceSpecs } from '../../support/resource-specs';
import { templateOf } from '../../support/stores';

const domain = {
  name: 'shop.example.com',
  hostedZoneId: 'Z1234567890ABC',
  hostedZoneName: 'example.com',
  cdnCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
};
const alarmSlack = { workspaceId: 'T0123456789', channelId: 'C0123456789' };

/** Type → properties that a template of this project has. */
const used = new Map<string, Set<string>>();
for (const tier of tierNames) {
  for (const settings of [{}, { domain, alarmSlack, alarmEmail: 'ops@example.com' }]) {
    for (const { Type, Properties = {} } of Object.values(templateOf(tier, settings).Resources)) {
      const names = used.get(Type) ?? new Set();
      for (const name of Object.keys(Properties)) names.add(name);
      used.set(Type, names);
    }
  }
}

const specs = new Map(resourceSpecs().map((spec) => [spec.cloudFormationType, spec]));

/** What the review says of another value of a property: by a rule, or for which reason without one. */
function verdictOn(type: string, name: string, spec: ResourceSpec['properties'][string]): string {
  const rules = rulesOf(type);
  const impact = ({ yes: 'replaced', maybe: 'may-replace', no: 'updated' } as const)[spec.causesReplacement ?? 'no'];
  const change = { id: 'It', type, part: 'other', impact: 'updated' as const, before: undefined, after: undefined };
  const property = { name, impact, before: 'a', after: 'b' };
  if (rules.together) return 'a rule for all changes of the type at once';
  if (replacing({ ...change, properties: [property] }).length > 0) {
    if (statefulTypes.includes(type)) return 'replaced: blocked, since it holds data or an address';
    if (rules.replaced) return 'replaced: a rule of the type';
    return minorTypes[type] === undefined ? 'replaced: not judged' : `replaced: summed up as ${minorTypes[type]}`;
  }
  if (rules.properties?.[name]) return 'a rule of its own';
  if (minorProperties.has(name)) return 'no effect: tags and descriptions';
  if (rules.refused && !rules.properties) return 'refused, whatever changes';
  return minorTypes[type] === undefined ? 'not judged' : `summed up as ${minorTypes[type]}`;
}

const table = [...used.keys()].toSorted().map((type) => {
  const properties = Object.entries(specs.get(type)?.properties ?? {}).map(([name, spec]) => ({
    name,
    verdict: verdictOn(type, name, spec),
    isUsed: used.get(type)?.has(name) ?? false,
  }));
  return { type, properties };
});

test('every type of the four templates has a rule, and every property a rule or a reason', () => {
  const text = table.flatMap(({ type, properties }) => [
    type,
    ...[...Map.groupBy(properties, ({ verdict }) => verdict)]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([verdict, all]) =>
          `  ${verdict}: ${all
            .map(({ name, isUsed }) => (isUsed ? `${name}*` : name))
            .toSorted()
            .join(', ')}`,
      ),
  ]);
  const all = `Properties by what the review says of their change; * is used by a template of this project.\n\n${text.join('\n')}\n`;

  expect(table.length).toBeGreaterThan(65);
  expect(table.flatMap(({ properties }) => properties).length).toBeGreaterThan(700);
  expect(table.filter(({ type }) => !isKnownType(type)).map(({ type }) => type)).toEqual([]);
  expect(all).toBe(golden(join(__dirname, 'golden/properties.txt'), all));
});

/** Tags aside: the CDK’s own copy is newer, and has them for more types. */
test('the specification knows every property that a template has', () => {
  const unknown = [...used].flatMap(([type, names]) =>
    [...names]
      .filter((name) => name !== 'Tags' && specs.get(type)?.properties[name] === undefined)
      .map((name) => `${type} ${name}`),
  );
  expect(unknown).toEqual([]);
});

/** Used, and not judged where they change in place: what they do depends on the value, or only AWS knows. */
const openOnPurpose: Readonly<Record<string, string>> = {
  'AWS::EC2::EIP Domain': 'another address; never changes',
  'AWS::ECS::ClusterCapacityProviderAssociations Cluster': 'another cluster',
  'AWS::ElasticLoadBalancingV2::Listener LoadBalancerArn': 'another load balancer, which is blocked',
  'AWS::ElasticLoadBalancingV2::Listener DefaultActions': 'whether anybody answers depends on the action',
  'AWS::RDS::DBInstance MasterUserPassword': 'only AWS knows the value',
  'AWS::RDS::DBInstance CACertificateIdentifier':
    'whether the database restarts depends on its engine version, and clients must know the new authority',
  'AWS::RDS::DBProxy DefaultAuthScheme': 'whether anybody can log in depends on secrets and roles',
  'AWS::Route53::RecordSet AliasTarget': 'where the name leads',
  'AWS::Route53::RecordSet Type': 'whether the name still leads to the store',
  'AWS::SecretsManager::Secret KmsKeyId': 'whoever reads the secret needs the new key',
  'AWS::WAFv2::LoggingConfiguration ResourceArn': 'another firewall',
  'AWS::WAFv2::WebACL DefaultAction': 'it may block every request',
  'AWS::WAFv2::WebACL Scope': 'another firewall',
};

test('what a template has is not judged only where somebody said why', () => {
  const open = table.flatMap(({ type, properties }) =>
    properties.filter(({ isUsed, verdict }) => isUsed && verdict.endsWith('not judged')).map(({ name }) => `${type} ${name}`),
  );
  expect(open.toSorted()).toEqual(Object.keys(openOnPurpose).toSorted());
});
