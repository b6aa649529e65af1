import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmState, AlarmStatusWidget, AlarmStatusWidgetSortBy } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { physicalNames } from '../../lib/config/physical-names';
import type { StoreShown } from './dashboard-context';
import type { Panel } from './rows';

/** CloudWatch's dashboard body: 1 to 100 ARNs in a widget. */
const mostAlarms = 100;

/** What pages is shown in every state; of the others only what rings, since nobody reads a hundred green tiles. */
export function alarmStatus(scope: Construct, store: StoreShown): Panel[] {
  const { alarms, composites } = store.catalogue;
  const pages = alarms.filter(({ notifies }) => notifies === 'page');
  const others = alarms.filter((alarm) => !pages.includes(alarm));
  const ofSeverity = (wanted: string) => others.filter(({ severity }) => severity === wanted);
  const named = namedAlarms(scope, store.storeName);
  return [
    ...status('Alarms that page', named([...composites, ...pages])),
    ...status('Critical, in alarm', named(ofSeverity('Critical')), AlarmState.ALARM),
    ...status('Warnings, in alarm', named(ofSeverity('Warning')), AlarmState.ALARM),
  ];
}

function status(title: string, alarms: ReturnType<typeof Alarm.fromAlarmArn>[], state?: AlarmState): Panel[] {
  const slices = Array.from({ length: Math.ceil(alarms.length / mostAlarms) }, (_, index) =>
    alarms.slice(index * mostAlarms, (index + 1) * mostAlarms),
  );
  return slices.map(
    (slice) => (size) =>
      new AlarmStatusWidget({
        ...size,
        title,
        alarms: slice,
        sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
        ...(state !== undefined && { states: [state] }),
      }),
  );
}

/** By their names, which the store's name fixes, so that the dashboard waits for no alarm. A composite's ARN has the same form. */
function namedAlarms(parent: Construct, storeName: string) {
  const scope = new Construct(parent, 'Shown');
  const { alarm } = physicalNames(storeName);
  return (definitions: readonly { readonly id: string }[]) =>
    definitions.map(({ id }) =>
      Alarm.fromAlarmArn(
        scope,
        id,
        Stack.of(scope).formatArn({
          service: 'cloudwatch',
          resource: 'alarm',
          resourceName: alarm(id),
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    );
}
