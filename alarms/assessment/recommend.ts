import { addCache, addPooling, addReplica } from './advice/add-parts';
import { optimise } from './advice/optimise';
import { scaleOut } from './advice/scale-out';
import { scaleUp } from './advice/scale-up';
import type { Advice, Situation } from './advice/situation';
import { smallerSize } from './advice/smaller-size';
import { type Change, linesOf } from './change';

export interface Recommendation extends Advice {
  /** What to paste: an option of the command line, or a setting of the store in cdk.json. Empty for work on the code. */
  readonly lines: readonly string[];
  /** USD a month more, less where negative; undefined where it is not known. */
  readonly usdPerMonth: number | undefined;
}

/** In the documents' order: to be followed from the first, measuring again between two. */
export function recommend({
  costOf,
  ...situation
}: Situation & { readonly costOf: (change: Change) => number | undefined }): readonly Recommendation[] {
  const more = [optimise, scaleUp, addCache, addReplica, addPooling, scaleOut].flatMap((advise) => advise(situation));
  const advice = more.length > 0 ? more : smallerSize(situation);
  return advice.map((one) =>
    Object.assign({}, one, {
      lines: one.change ? linesOf(one.change) : [],
      usdPerMonth: one.change && costOf(one.change),
    }),
  );
}
