import type { Template } from '../../template/template';
import type { AlarmReading } from './alarm-readings';
import type { DocumentedFigure } from './types';

/** A threshold of the documents with the test that finds the alarms on it. */
export interface Figure extends Omit<DocumentedFigure, 'alarms' | 'verdict'> {
  readonly isWatchedBy: (alarm: AlarmReading) => boolean;
}

/** Thresholds of one kind; none for a template without the resources that they are about. */
export type Figures = (template: Template) => readonly Figure[];

interface Rising {
  readonly figure: string;
  readonly levels: { readonly warning: number; readonly critical: number; readonly source: string };
  /** `%`, ` ms`. */
  readonly unit: string;
  /** Value at which an alarm fires, in the documents' unit; undefined where it watches something else. */
  readonly firesAt: (alarm: AlarmReading) => number | undefined;
}

/**
 * Both levels of a threshold that must not be exceeded. An alarm watches the warning if it fires at or below it, and the critical level
 * if it fires above the warning and at or below that level.
 */
export function rising({ figure, levels, unit, firesAt }: Rising): Figure[] {
  const { warning, critical, source } = levels;
  const ranges = [
    ['Warning', 0, warning],
    ['Critical', warning, critical],
  ] as const;
  return ranges.map(([level, least, most]) => ({
    figure,
    level,
    limit: `> ${most}${unit}`,
    source,
    isWatchedBy: (alarm) => {
      const at = firesAt(alarm);
      return at !== undefined && at > least && at <= most;
    },
  }));
}

/** The threshold of an alarm that fires above it. */
export function above({ operator, threshold }: AlarmReading): number | undefined {
  return operator === '>' || operator === '>=' ? threshold : undefined;
}

/** The threshold of an alarm that fires below it. */
export function below({ operator, threshold }: AlarmReading): number | undefined {
  return operator === '<' || operator === '<=' ? threshold : undefined;
}
