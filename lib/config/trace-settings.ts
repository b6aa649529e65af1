import * as z from 'zod';
import { amount } from './schemas';

/** Of a store that has traces and says no more: a tenth tells which step is slow, and costs a tenth. */
export const usualSampledPercent = 10;

export const traces = z
  .strictObject({
    sampledPercent: amount({ from: 0.01, to: 100, example: usualSampledPercent, unit: 'percent' }).describe(
      'of how many requests and jobs a trace is kept; a container of your own gets it as `TRACES_SAMPLED_PERCENT`, and may send spans too',
    ),
  })
  .exactPartial();
