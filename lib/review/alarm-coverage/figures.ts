import type { Template } from '../../template/template';
import type { AlarmReading } from './alarm-readings';
import type { DocumentedFigure } from './types';

/** A figure of the documents with the test that finds the alarms which hold it. */
export interface Figure extends Omit<DocumentedFigure, 'alarms'> {
  readonly isHeldBy: (alarm: AlarmReading) => boolean;
}

/** Figures of one kind; none for a template that lacks what they are about. */
export type Figures = (template: Template) => readonly Figure[];

interface Levels {
  readonly warning: number;
  readonly critical: number;
  readonly source: string;
}

interface Rising {
  readonly figure: string;
  readonly levels: Levels;
  /** `%`, ` ms`. */
  readonly unit: string;
  /** Where an alarm rings, in the documents' unit; undefined where it watches something else. */
  readonly ringsAt: (alarm: AlarmReading) => number | undefined;
}

/**
 * Both levels of a figure that must not rise. An alarm holds the warning where it rings at it or before; the critical level, where it
 * rings after the warning and no later than that level.
 */
export function rising({ figure, levels, unit, ringsAt }: Rising): Figure[] {
  const between = (alarm: AlarmReading, least: number, most: number) => {
    const at = ringsAt(alarm);
    return at !== undefined && at > least && at <= most;
  };
  const { warning, critical, source } = levels;
  return [
    { figure, level: 'Warning', limit: `> ${warning}${unit}`, source, isHeldBy: (alarm) => between(alarm, 0, warning) },
    { figure, level: 'Critical', limit: `> ${critical}${unit}`, source, isHeldBy: (alarm) => between(alarm, warning, critical) },
  ];
}

/** The threshold of an alarm that rings above it. */
export function above({ operator, threshold }: AlarmReading): number | undefined {
  return operator === '>' || operator === '>=' ? threshold : undefined;
}

/** The threshold of an alarm that rings below it. */
export function below({ operator, threshold }: AlarmReading): number | undefined {
  return operator === '<' || operator === '<=' ? threshold : undefined;
}
