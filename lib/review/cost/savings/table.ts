import { computePlan, computePlanThreeYears, databasePlan } from './prices/plans';
import { instancesForOneYear, instancesForThreeYears, nodesForOneYear, nodesForThreeYears } from './prices/reservations';
import { sesALaCarte } from './prices/ses';
import { noContainerInsights } from './settings/container-insights';
import { noDiagnosticAlarms } from './settings/diagnostic-alarms';
import { graviton } from './settings/graviton';
import { oneNatGateway } from './settings/nat-gateways';
import { noCacheReplicas, noReadReplicas, noStandby } from './settings/replicas';
import { shorterLogs } from './settings/shorter-logs';
import { spotForTheWorker } from './settings/spot';
import { valkey } from './settings/valkey';
import type { PriceSaving, SettingSaving } from './types';

/** In the order in which they are applied to a store, one to what the other leaves. */
export const settingSavings: readonly SettingSaving[] = [
  noReadReplicas,
  noStandby,
  noCacheReplicas,
  valkey,
  graviton,
  spotForTheWorker,
  oneNatGateway,
  shorterLogs,
  noContainerInsights,
  noDiagnosticAlarms,
];

/** Of those that cover the same line, only one can be had. */
export const priceSavings: readonly PriceSaving[] = [
  databasePlan,
  instancesForOneYear,
  instancesForThreeYears,
  nodesForOneYear,
  nodesForThreeYears,
  computePlan,
  computePlanThreeYears,
  sesALaCarte,
];
