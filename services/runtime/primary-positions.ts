interface Sample {
  readonly at: number;
  readonly position: bigint;
}

/**
 * Where the primary's log was, for as long as it matters: a replica that has replayed what the primary had written
 * `mostLagMs` ago lags no longer than that. Times are ms of a clock that only goes forward; positions are bytes of the log.
 */
export class PrimaryPositions {
  private samples: Sample[] = [];

  constructor(private readonly mostLagMs: number) {}

  add(position: bigint, at: number): void {
    const last = this.samples.at(-1);
    // Another primary, restored from an earlier time: what was known of the old one says nothing about this one.
    if (last !== undefined && position < last.position) this.samples = [];
    // An idle primary stays where it is, and its replicas lag by nothing, however old the position.
    if (last?.position !== position) this.samples.push({ at, position });
  }

  /**
   * Whether a replica that has replayed so much lags at most `mostLagMs`; never, as long as nothing is known of the primary. Without new
   * positions, as in a failover, the last one stays the measure: who has replayed it serves, who has not may catch up for `mostLagMs`.
   */
  reached(replayed: bigint, now: number): boolean {
    while ((this.samples[1]?.at ?? Infinity) <= now - this.mostLagMs) this.samples.shift();
    const [required] = this.samples;
    return required !== undefined && replayed >= required.position;
  }
}
