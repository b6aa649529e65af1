/** What moves when one uncertain figure alone goes from its low to its high end. */
export interface Mover<End extends MoverEnd> {
  readonly name: string;
  readonly meaning: string;
  readonly why: string;
  readonly low: End;
  readonly high: End;
}

export interface MoverEnd {
  /** Of the figure, in its unit. */
  readonly value: number;
}

const most = 3;

/** Those that move most, the largest first. @param tooLittle a swing that counts as none */
export function largestMovers<M>(movers: readonly M[], swing: (mover: M) => number, tooLittle = 0): readonly M[] {
  return movers
    .filter((mover) => swing(mover) > tooLittle)
    .toSorted((one, other) => swing(other) - swing(one))
    .slice(0, most);
}
