import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type Assessment, assess } from '../../alarms/assessment/assess';
import { chargesEnd, forecast } from '../../alarms/assessment/forecast';
import { describeError, type Logger } from '../runtime/logger';
import { AssessorError } from './assessor-error';
import type { Clients } from './clients';
import { readDailyCharges } from './daily-charges';
import type { AssessorEnvironment } from './environment';
import { defaultDays, lastDays, readStore } from './read-store';
import { republishCdn } from './republish-cdn';
import { writeAssessment, writeBudgetEnd } from './write-results';

export interface HandlerParts {
  readonly environment: AssessorEnvironment;
  readonly clients: Clients;
  /** Of us-east-1, which has the account's charges, and CDN and certificate. */
  readonly edgeCloudWatch: CloudWatchClient;
  readonly log: Logger;
  readonly now: () => Date;
}

type HandlerResult = Pick<Assessment, 'score' | 'light' | 'confidence'>;

/**
 * Assesses the store by its last seven days, and writes the score, and by half a year of requests the days until the size ends. A failure
 * is thrown: Lambda tries again twice, then the event goes to the dead letters. The account's charges and the CDN come last, so that the score is
 * written whatever us-east-1 does.
 */
export function createHandler({ environment, clients, edgeCloudWatch, log, now }: HandlerParts): () => Promise<HandlerResult> {
  const { store, region, budgetUsd, cdn } = environment;
  /** A budget that is not known fails no run: an organisation may close us-east-1. */
  const unlessRefused = (error: unknown): undefined => {
    if (!(error instanceof AssessorError)) throw error;
    log.warn('The charges of the account could not be read', describeError(error));
  };
  const target = { client: clients.cloudWatch, region, store };
  return async () => {
    const time = now();
    const reading = await readStore(clients, { region, store, window: lastDays(defaultDays, time) });
    const assessment = assess(reading);
    const future = forecast({ parts: assessment.parts, requests: await reading.dailyRequests(), now: time });
    await writeAssessment(target, { ...assessment, forecast: future }, time);
    const { score, light, confidence, recommendations } = assessment;
    const result = { score, light, confidence };
    const { expected, because } = future.size;
    log.info('Assessed', {
      ...result,
      sizeEnds: { expected, because },
      recommendations: recommendations.map(({ does, reason }) => ({ does, reason })),
    });
    const charges = await readDailyCharges(edgeCloudWatch, time.getTime() / 1000).catch(unlessRefused);
    if (charges) {
      const budget = chargesEnd(charges, budgetUsd, time);
      await writeBudgetEnd(target, budget, time);
      log.info('Forecast of the charges', { budgetEnds: { expected: budget.expected, because: budget.because } });
    }
    if (cdn) await republishCdn(cdn, edgeCloudWatch, target, time);
    return result;
  };
}
