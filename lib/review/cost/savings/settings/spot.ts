import { capacityStrategy, taskRange, tasksByProvider } from '../../../../template/tasks';
import { Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import type { SettingSaving } from '../types';

/** As the stack writes it where no task of the worker runs on demand. */
const onlySpot = [{ CapacityProvider: 'FARGATE_SPOT', Weight: 4 }];

export const spotForTheWorker: SettingSaving = {
  name: 'Spot for the worker',
  risk: 'AWS may take all workers away with two minutes’ notice: payments, e-mails and pictures wait in their queues until one starts again.',
  lowersAvailability: true,
  source: 'aws.amazon.com/fargate/pricing: up to 70% less; lib/tiers/small.ts does without tasks on demand',
  change: (store) => {
    const template = new Template(store.source);
    const workers = template.ofType('AWS::ECS::Service').filter((service) => service.tag('part') === 'worker');
    const onDemand = workers.filter((worker) => {
      const [least] = taskRange(worker, template);
      if (['EC2', 'EXTERNAL'].includes(worker.text('LaunchType') ?? '')) return false;
      return tasksByProvider(capacityStrategy(worker, template), least).FARGATE > 0;
    });
    if (onDemand.length === 0) return undefined;
    const changed = onDemand.map(({ id }) => id);
    const source = withProperties(changed, { CapacityProviderStrategy: onlySpot, LaunchType: undefined })(store.source);
    return { store: { ...store, source }, settings: { worker: { onDemandTasks: 0 } }, changed };
  },
};
