import { TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { physicalNames } from '../../lib/config/physical-names';
import type { StoreShown } from './dashboard-context';
import type { Panel } from './rows';

/** Where to look next. */
export function links(store: StoreShown): Panel {
  const markdown = [
    ...(store.switchedOff.length > 0 ? [`* **Switched off** ${store.switchedOff.join(', ')} (setting \`switchedOff\`)`] : []),
    line('Dashboards', dashboards(store)),
    line('Runbooks', runbooks(store)),
    line('Deployments', deployments(store)),
    line('Logs', logs(store)),
    ...(store.hasTraces ? [line('Traces', traces(store))] : []),
    '* Changes made here are lost at the next `cdk deploy`',
  ].join('\n');
  return (size) => new TextWidget({ ...size, markdown });
}

type Link = readonly [text: string, address: string];

const line = (title: string, what: readonly Link[] | string): string =>
  `* **${title}** ${typeof what === 'string' ? what : what.map(([text, address]) => `[${text}](${address})`).join(' · ')}`;

const cloudWatch = ({ region }: StoreShown, fragment: string) =>
  `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#${fragment}`;

function dashboards(store: StoreShown): Link[] {
  const { executive, technical } = store.dashboardNames;
  return [
    ['technical', cloudWatch(store, `dashboards:name=${technical}`)],
    ['executive', cloudWatch(store, `dashboards:name=${executive}`)],
    ['alarms', cloudWatch(store, `alarmsV2:?search=${physicalNames(store.storeName).alarm('')}`)],
  ];
}

/** All of them, and those of the composites: what pages most. */
function runbooks({ runbooksUrl, catalogue }: StoreShown): Link[] | string {
  if (runbooksUrl === undefined) return 'docs/runbooks.md in the repository (setting `runbooksUrl`)';
  return [['all', runbooksUrl], ...catalogue.composites.map(({ title, id }): Link => [title, `${runbooksUrl}#${id}`])];
}

function deployments({ region, nameOf, mostTasks }: StoreShown): Link[] {
  const services = `https://${region}.console.aws.amazon.com/ecs/v2/clusters/${nameOf('cluster')}/services`;
  const running = (['api', 'site', 'worker'] as const).filter((service) => mostTasks[service] !== undefined);
  return running.map(
    (service): Link => [
      service === 'api' ? 'API' : service,
      `${services}/${nameOf(`${service}-service`)}/deployments?region=${region}`,
    ],
  );
}

/**
 * Those that the account indexes; every span is in the log group `aws/spans` (docs/runbooks.md#a-request-that-was-slow-find-its-trace).
 * Addresses: AWS X-Ray developer guide, xray-console-deeplinks, read 2026-11-29.
 */
function traces({ region }: StoreShown): Link[] {
  const page = (name: string) => `https://${region}.console.aws.amazon.com/xray/home?region=${region}#/${name}`;
  return [
    ['indexed', page('traces')],
    ['map', page('service-map')],
  ];
}

/** The console wants its own fragment encoded twice, with `$` for `%`. */
function logs(store: StoreShown): Link[] {
  const filter = `$3FlogGroupNameFilter$3D${physicalNames(store.storeName).stack}`;
  return [
    ['groups of the store', cloudWatch(store, `logsV2:log-groups${filter}`)],
    ['Insights', cloudWatch(store, 'logsV2:logs-insights')],
  ];
}
