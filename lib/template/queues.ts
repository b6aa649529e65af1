import type { Resource, Template } from './template';

/** Queues to which nobody sends dead letters, neither a queue nor a function. */
export function sourceQueues(template: Template): readonly Resource[] {
  const queues = template.ofType('AWS::SQS::Queue');
  const deadLetters = new Set([
    ...queues.flatMap((queue) => queue.references('RedrivePolicy')),
    ...template.ofType('AWS::Lambda::Function').flatMap((lambda) => lambda.references('DeadLetterConfig')),
  ]);
  return queues.filter((queue) => !deadLetters.has(queue));
}
