import { type OrderableDBInstanceOption, paginateDescribeOrderableDBInstanceOptions } from '@aws-sdk/client-rds';
import { instanceClass } from '../template/database';
import { Template } from '../template/template';
import { type Check, type Finding, fails, holds } from './check';
import { callAws } from './preflight-error';

export const databaseClasses: Check = {
  title: 'database class',
  run: async ({ rds }, { config: { region, network, database }, template }) => {
    const instances = new Template(template).ofType('AWS::RDS::DBInstance');
    const classes = [...new Set(instances.flatMap((instance) => instanceClass(instance) ?? []))];
    const zones = network.existingVpc?.zones ?? network.zones;
    const findings: Finding[] = [];
    for (const name of classes) {
      const offers: OrderableDBInstanceOption[] = [];
      const query = { Engine: 'postgres', DBInstanceClass: name, Vpc: true };
      await callAws('rds:DescribeOrderableDBInstanceOptions', region, async () => {
        for await (const page of paginateDescribeOrderableDBInstanceOptions({ client: rds }, query))
          offers.push(...(page.OrderableDBInstanceOptions ?? []));
      });
      findings.push(orderable(name, offers, { region, zones, major: database.engineVersion, multiAz: database.multiAz }));
    }
    return findings;
  },
};

interface Wanted {
  readonly region: string;
  /** Names, or how many. */
  readonly zones: readonly string[] | number;
  readonly major: string;
  readonly multiAz: boolean;
}

function orderable(name: string, all: readonly OrderableDBInstanceOption[], { region, zones, major, multiAz }: Wanted): Finding {
  const offers = all.filter(
    ({ EngineVersion: version = '', StorageType: storage, MultiAZCapable: standby }) =>
      version.split('.')[0] === major && storage === 'gp3' && (standby || !multiAz),
  );
  const places = new Set(offers.flatMap(({ AvailabilityZones: own = [] }) => own.flatMap((zone) => zone.Name ?? [])));
  const what = `${name} with PostgreSQL ${major} on gp3${multiAz ? ', Multi-AZ' : ''}`;
  if (places.size === 0) return fails(`RDS does not offer ${what} in ${region}`, '"database": { "instanceClass": another one }');
  const missing = typeof zones === 'number' ? [] : zones.filter((zone) => !places.has(zone));
  const needed = multiAz ? 2 : 1;
  if (places.size < needed || missing.length > 0)
    return fails(
      `RDS offers ${what} only in ${[...places].toSorted((a, b) => a.localeCompare(b)).join(', ')}`,
      'name these zones, or another class',
    );
  return holds(`${what}: in ${places.size} zones`);
}
