/** A value a period, oldest first; undefined where CloudWatch has no datapoint. */
export type TimeSeries = readonly (number | undefined)[];

/** What is published of a metric, minute by minute: the raw samples of each, none in a minute without data. */
export type Minutes = readonly (readonly number[])[];
