/** What watches a store, read from its template. */
export interface AlarmCoverage {
  readonly alarms: number;
  readonly composites: number;
  /** Metrics that AWS recommends an alarm for, of those that the template’s services publish. */
  readonly recommended: {
    readonly of: number;
    readonly watched: number;
    /** Not watched, with a reason where the store’s catalogue left it out deliberately; never one for somebody else’s alarms. */
    readonly missing: readonly { readonly namespace: string; readonly metric: string; readonly reason: string | undefined }[];
  };
  /** The documents’ thresholds, one row a figure and level; none for parts that the template lacks. */
  readonly documented: readonly DocumentedFigure[];
}

export interface DocumentedFigure {
  /** `CPU of the API’s tasks` */
  readonly figure: string;
  readonly level: 'Warning' | 'Critical';
  /** `> 70%` */
  readonly limit: string;
  readonly source: string;
  /** Logical ids of the alarms that hold it: they ring no later than it says. Empty: not watched. */
  readonly alarms: readonly string[];
}
