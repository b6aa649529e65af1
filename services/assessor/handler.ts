import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type Assessment, assess } from '../../alarms/assessment/assess';
import { forecast } from '../../alarms/assessment/forecast';
import type { Logger } from '../runtime/logger';
import type { Clients } from './clients';
import type { AssessorEnvironment } from './environment';
import { defaultDays, lastDays, readStore } from './read-store';
import { republishCdn } from './republish-cdn';
import { writeAssessment } from './write-results';

export interface HandlerParts {
  readonly environment: AssessorEnvironment;
  readonly clients: Clients;
  /** Of us-east-1; used only where the environment names a distribution or its certificate. */
  readonly cdnCloudWatch: CloudWatchClient;
  readonly log: Logger;
  readonly now: () => Date;
}

type HandlerResult = Pick<Assessment, 'score' | 'light' | 'confidence'>;

/**
 * Assesses the store by its last seven days, and writes the score, and by half a year of requests the days until the size ends. A failure
 * is thrown: Lambda tries again twice, then the event goes to the dead letters. The CDN comes last, so that the score is written whatever us-east-1 does.
 */
export function createHandler({ environment, clients, cdnCloudWatch, log, now }: HandlerParts): () => Promise<HandlerResult> {
  const { store, region, cdn } = environment;
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
    if (cdn) await republishCdn(cdn, cdnCloudWatch, target, time);
    return result;
  };
}
