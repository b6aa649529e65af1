import { Duration } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DashboardName, StoreShown } from './dashboards/dashboard-context';
import { executive } from './dashboards/executive';
import { operations } from './dashboards/operations';
import { type Row, widgetsOf } from './dashboards/rows';
import { technical } from './dashboards/technical';

/** Three screens of one store, made of its catalogue: for whoever pays, whoever builds and whoever is awake. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, store: StoreShown) {
    super(scope, id);
    const add = (name: DashboardName, range: Duration, rows: readonly Row[]) =>
      new Dashboard(this, name, {
        dashboardName: store.dashboardNames[name],
        defaultInterval: range,
        // Adapted to a longer range, sums of a minute would become sums of an hour, far over their lines.
        periodOverride: PeriodOverride.INHERIT,
        widgets: widgetsOf(rows),
      });
    add('executive', Duration.days(90), executive(store));
    add('technical', Duration.days(1), technical(store));
    add('operations', Duration.hours(3), operations(this, store));
  }
}
