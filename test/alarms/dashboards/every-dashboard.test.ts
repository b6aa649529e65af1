import { screen } from '../../../alarms/dashboards/rows';
import { tierNames } from '../../../lib/tiers/tier';
import { metricNamespace, metrics as ownMetrics } from '../../../services/contract';
import { storeConfig } from '../../support/stores';
import table from '../aws-metrics.json';
import { bodies, dashboardNames, expressionsOf, optionsOf, readBy } from './bodies';

const settingsOf = {
  plain: {},
  'in Ireland': { region: 'eu-west-1' },
} as const;

const everyDashboard = tierNames.flatMap((tier) =>
  Object.entries(settingsOf).flatMap(([text, settings]) =>
    dashboardNames.map((name) => [`${name} of ${tier}, ${text}`, tier, settings, name] as const),
  ),
);

const keysOf = (dimensions: readonly string[]) => dimensions.filter((_, index) => index % 2 === 0).toSorted();

/** AWS/Billing: the CloudWatch user guide, billing-metricscollected: one total a currency, in us-east-1 alone. */
const publishedByAws: readonly { readonly namespace: string; readonly name: string; readonly dimensions: string[][] }[] = [
  ...table.metrics,
  { namespace: 'AWS/Billing', name: 'EstimatedCharges', dimensions: [['Currency']] },
];

function isPublished([namespace, name, ...dimensions]: readonly string[]): boolean {
  const keys = keysOf(dimensions).join();
  if (namespace === metricNamespace('shop')) return Object.values<string>(ownMetrics).includes(name ?? '') && keys === '';
  return publishedByAws.some(
    (known) =>
      known.namespace === namespace && known.name === name && known.dimensions.some((set) => set.toSorted().join() === keys),
  );
}

/** Published in one region for all of the world. */
const global = new Set(['AWS/Billing', 'AWS/CloudFront']);

describe.each(everyDashboard)('%s', (_, tier, settings, name) => {
  const body = bodies(tier, settings)[name];
  const { widgets } = body;

  test('fits on one screen', () => {
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(screen.columns);
    expect(Math.max(...widgets.map(({ y, height }) => y + height))).toBeLessThanOrEqual(screen.rows);
  });

  test('shows each widget in a place of its own', () => {
    const places = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (__, index) => `${x + (index % width)},${y + Math.floor(index / width)}`),
    );
    expect(new Set(places).size).toBe(places.length);
  });

  test('is free of charge: it has at most 50 metrics, hidden ones too', () => {
    expect(widgets.flatMap(readBy).length).toBeLessThanOrEqual(50); // aws.amazon.com/cloudwatch/pricing
  });

  test("stays within CloudWatch's limits of a body", () => {
    // CloudWatch API reference, CloudWatch-Dashboard-Body-Structure and the user guide's quotas.
    expect(widgets.length).toBeLessThanOrEqual(500);
    for (const { properties } of widgets) {
      expect(properties.metrics?.length ?? 1).toBeLessThanOrEqual(500);
      expect(properties.alarms?.length ?? 1).toBeLessThanOrEqual(100);
    }
  });

  test('reads metrics that somebody publishes', () => {
    expect(widgets.flatMap(readBy).filter((metric) => !isPublished(metric))).toEqual([]);
  });

  test('looks for each metric in the region that has it', () => {
    const { region } = storeConfig(tier, settings);
    for (const widget of widgets.filter(({ type }) => type === 'metric')) {
      const namespaces = readBy(widget).map(([namespace = '']) => namespace);
      expect(widget.properties.region).toBe(namespaces.some((each) => global.has(each)) ? 'us-east-1' : region);
    }
  });

  test('has no expression that reads what its widget lacks', () => {
    for (const { properties } of widgets) {
      const ids = new Set(properties.metrics?.map((metric) => optionsOf(metric).id));
      const read = expressionsOf(properties).flatMap((expression) => expression.match(/\b[a-z]\w*/g) ?? []);
      expect(read.filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  test('has a title over each picture, and each once', () => {
    const titles = widgets.filter(({ type }) => type !== 'text').map(({ properties }) => properties.title);
    expect(titles).not.toContain(undefined);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('keeps the periods of its metrics over any range of time, so that sums stay under their lines', () => {
    expect(body.periodOverride).toBe('inherit');
  });
});
