import { hoursAMonth } from '../../../../facts/month';
import { type ReservedShares, savingsPlans } from '../../../../facts/savings-plans';
import type { CostLine } from '../../bill';
import type { PriceSaving } from '../types';

const { reservedInstances, reservedInstancesThreeYears, reservedNodes, reservedNodesThreeYears } = savingsPlans;

const noUpfront = 'No Upfront';

/** `rds.postgres.db.m8g.xlarge.multi` */
const instanceKey = /^rds\.postgres\.(?<type>(?<family>db\.[a-z0-9]+)\.[a-z0-9]+)\.(?<zones>single|multi)$/;

/** `elasticache.valkey.cache.m7g.large` */
const nodeKey = /^elasticache\.(?<engine>redis|valkey)\.(?<type>(?<family>cache\.[a-z0-9]+)\.[a-z0-9]+)$/;

export const instancesForOneYear = instances('Reserved instances', reservedInstances, noUpfront);
export const instancesForThreeYears = instances('Reserved instances, 3 years', reservedInstancesThreeYears, 'Partial Upfront');
export const nodesForOneYear = nodes('Reserved nodes', reservedNodes);
export const nodesForThreeYears = nodes('Reserved nodes, 3 years', reservedNodesThreeYears);

interface Reservation {
  readonly families: ReservedShares;
  readonly years: number;
  readonly source: string;
}

type Reserved = Pick<PriceSaving, 'risk' | 'commitmentYears' | 'source' | 'savedOn'>;

function instances(name: PriceSaving['name'], reservation: Reservation, payment: string): PriceSaving {
  return {
    name,
    ...reserved(reservation, instanceKey, payment === noUpfront ? '' : ', half of it upfront'),
    covers: (key) => instanceKey.test(key),
    how: (lines) => {
      const classes = counted(lines, instanceKey, ({ type, zones }) => `${type} ${zones === 'multi' ? 'Multi-AZ' : 'Single-AZ'}`);
      return `RDS console, Reserved instances, Purchase: PostgreSQL, ${classes}; ${formatYears(reservation)}, ${payment}`;
    },
  };
}

function nodes(name: PriceSaving['name'], reservation: Reservation): PriceSaving {
  return {
    name,
    ...reserved(reservation, nodeKey, ''),
    covers: (key) => nodeKey.test(key),
    how: (lines) => {
      const types = counted(lines, nodeKey, ({ type, engine }) => `${type} for ${engine === 'redis' ? 'Redis OSS' : 'Valkey'}`);
      return `ElastiCache console, Reserved nodes, Purchase: ${types}; ${formatYears(reservation)}, ${noUpfront}`;
    },
  };
}

function reserved({ families, years, source }: Reservation, pattern: RegExp, upfront: string): Reserved {
  return {
    risk: `Paid for ${formatYears({ years })}${upfront}, also where less runs; another size of the same family keeps the price, another family or region does not.`,
    commitmentYears: years,
    source,
    savedOn: (line) => {
      const { family = '' } = partsOf(line, pattern);
      const share = Object.hasOwn(families, family) ? families[family] : undefined;
      return share === undefined ? undefined : share * line.usdPerMonth;
    },
  };
}

type Parts = Readonly<Record<string, string | undefined>>;

function partsOf({ priceKeys: [key = ''] }: CostLine, pattern: RegExp): Parts {
  return pattern.exec(key)?.groups ?? {};
}

/** `1 × db.m8g.xlarge Multi-AZ, 2 × db.m8g.xlarge Single-AZ` */
function counted(lines: readonly CostLine[], pattern: RegExp, format: (parts: Parts) => string): string {
  return [...Map.groupBy(lines, (line) => format(partsOf(line, pattern)))]
    .map(([text, own]) => `${Math.round(own.reduce((hours, { quantity }) => hours + quantity, 0) / hoursAMonth)} × ${text}`)
    .join(', ');
}

function formatYears({ years }: Pick<Reservation, 'years'>): string {
  return years === 1 ? '1 year' : `${years} years`;
}
