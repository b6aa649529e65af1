/** What the command needs of the process that it runs in; tests give their own. */
export interface LocalIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Seconds since the process began. */
  readonly seconds: () => number;
  /** Asked once everything runs; resolves when somebody wants it to end in order. */
  readonly untilStopped: () => Promise<void>;
}
