import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Signal } from '../definition';
import { metricOf } from '../metric-of';
import type { StoreShown } from './dashboard-context';
import type { Panel } from './rows';
import { uniqueIds } from './unique-ids';

export interface Series {
  readonly label: string;
  readonly signal: Signal;
  readonly periodSeconds: number;
}

/** Across the graph, at a height of its left axis. */
export interface Line {
  readonly value: number;
  readonly label: string;
  readonly color: string;
}

export interface Graph {
  /** In plain words, with the unit. */
  readonly title: string;
  readonly series: readonly Series[];
  readonly lines?: readonly Line[];
  /** Where the metrics are. @default - the store's region */
  readonly region?: string;
  /** Top of the axis. @default - as high as needed */
  readonly most?: number;
  /** Range of time, such as `-P30D`. @default - the dashboard's */
  readonly start?: string;
  readonly right?: { readonly series: readonly Series[]; readonly lines?: readonly Line[] };
}

export function graph(store: StoreShown, { title, series, lines, region = store.region, most, start, right }: Graph): Panel {
  const drawn = metricsOf(store);
  const left = series.map(drawn);
  const onTheRight = right?.series.map(drawn);
  return (size) =>
    new GraphWidget({
      ...size,
      title,
      region,
      left,
      ...(lines && { leftAnnotations: [...lines] }),
      leftYAxis: { min: 0, showUnits: false, ...(most !== undefined && { max: most }) },
      ...(onTheRight && {
        right: onTheRight,
        rightAnnotations: [...(right?.lines ?? [])],
        rightYAxis: { min: 0, showUnits: false },
      }),
      ...(start !== undefined && { start }),
    });
}

/** Metrics of one widget: their ids in expressions differ from each other's. */
export function metricsOf({ nameOf }: StoreShown): (series: Series) => IMetric {
  const withUniqueIds = uniqueIds();
  return ({ label, signal, periodSeconds }) =>
    metricOf(withUniqueIds(signal), { period: Duration.seconds(periodSeconds), nameOf, label });
}
