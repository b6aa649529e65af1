/** The alarms of a store, read from its template. */
export interface AlarmCoverage {
  readonly alarms: number;
  readonly composites: number;
  /** Metrics that AWS recommends an alarm for, of those that the template’s services publish. */
  readonly recommended: {
    readonly total: number;
    readonly watched: number;
    /** Not watched, with the reason if the catalogue excludes it deliberately. */
    readonly missing: readonly { readonly namespace: string; readonly metric: string; readonly reason: string | undefined }[];
  };
  /** The documents’ thresholds, one row per figure and level; none for parts that the template lacks. */
  readonly documented: readonly DocumentedFigure[];
}

export interface DocumentedFigure {
  /** `CPU of the API’s tasks` */
  readonly figure: string;
  readonly level: 'Warning' | 'Critical';
  /** `> 70%` */
  readonly limit: string;
  readonly source: string;
  /** Logical ids of the alarms that watch it: they fire no later than the limit says. */
  readonly alarms: readonly string[];
  /** `not known`: no alarm is known to watch it, but one has values that only AWS knows. */
  readonly verdict: 'watched' | 'not watched' | 'not known';
}
