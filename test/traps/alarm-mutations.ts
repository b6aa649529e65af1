import { change, type Mutation, withoutDependency } from './mutation';

const alarm = (edit: Parameters<typeof change>[1], rule: string) =>
  change('AWS::CloudWatch::Alarm', edit, `Alarms${rule.replaceAll('-', '')}`);

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

export const alarmMutations: readonly Mutation[] = [
  {
    breaks: 'response time is compared in milliseconds',
    in: 'large',
    turnsRed: 'thresholds are in the units of AWS: seconds, microseconds, bytes',
    mutate: alarm((properties) => (properties.Threshold = 200), 'response-time-warning'),
  },
  {
    breaks: 'the proxy’s latency is compared in milliseconds',
    in: 'medium',
    turnsRed: 'thresholds are in the units of AWS: seconds, microseconds, bytes',
    mutate: alarm((properties) => (properties.Threshold = 500), 'query-time-critical'),
  },
  {
    breaks: 'free storage is compared in GB',
    in: 'small',
    turnsRed: 'thresholds are in the units of AWS: seconds, microseconds, bytes',
    mutate: alarm((properties) => (properties.Threshold = 2), 'database-storage-critical'),
  },
  {
    breaks: 'an alarm names the load balancer by its ARN',
    in: 'medium',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm(
      (properties) => (properties.Dimensions[0].Value = { Ref: 'LoadBalancerCD993E47' }),
      'rejected-connections-critical',
    ),
  },
  {
    breaks: 'an alarm counts a cache node from zero',
    in: 'large',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm((properties) => (properties.Dimensions[0].Value = 'shop-0'), 'cache-cpu-1-warning'),
  },
  {
    breaks: 'an alarm has a dimension that AWS does not publish',
    in: 'small',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm((properties) => (properties.Dimensions[0].Name = 'DBInstance'), 'database-cpu-warning'),
  },
  {
    breaks: 'undelivered pages are looked for on the topic of tickets',
    in: 'small',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm(
      (properties) => (properties.Dimensions[0].Value = attribute('AlertsTicketB0B4D82D', 'TopicName')),
      'undelivered-pages',
    ),
  },
  {
    breaks: 'the worker’s memory is the API’s',
    in: 'medium',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm(
      (properties) => (properties.Dimensions[1].Value = attribute('ApiTasksService11A619A5', 'Name')),
      'worker-memory-critical',
    ),
  },
  {
    breaks: 'the age of a queue is its dead letters’',
    in: 'large',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: alarm(
      (properties) => (properties.Dimensions[0].Value = attribute('QueuesPaymentsDeadLettersA4756A6B', 'QueueName')),
      'queue-age-payments-critical',
    ),
  },
  {
    breaks: 'the firewall publishes under another name than its alarm reads',
    in: 'medium',
    turnsRed: 'each dimension of an alarm names what it means',
    mutate: change('AWS::WAFv2::WebACL', (properties) => (properties.VisibilityConfig.MetricName = 'firewall')),
  },
  {
    breaks: 'one failed request at night is an error rate of 100%',
    in: 'small',
    turnsRed: 'error rates and response times are judged from a floor of requests on',
    mutate: alarm((properties) => (properties.Metrics[0].Expression = '100 * counted / requests'), 'error-rate-warning'),
  },
  {
    breaks: 'CloudFormation names an alarm',
    in: 'enterprise',
    turnsRed: 'alarms have physical names that start with the store’s',
    mutate: alarm((properties) => delete properties.AlarmName, 'api-cpu-warning'),
  },
  {
    breaks: 'a deployment that fails its alarms stays',
    in: 'medium',
    turnsRed: 'alarms that undo a deployment exist before the service and read nothing of it',
    mutate: change('AWS::ECS::Service', (properties) => (properties.DeploymentConfiguration.Alarms.Rollback = false), 'Worker'),
  },
  {
    breaks: 'the API is made before the alarms that its deployments name',
    in: 'small',
    turnsRed: 'alarms that undo a deployment exist before the service and read nothing of it',
    mutate: withoutDependency('AWS::ECS::Service', 'Api', 'Alarmserrorrate'),
  },
  {
    breaks: 'the alarm for missing tasks rings while the first deployment runs',
    in: 'small',
    turnsRed: 'an alarm that takes no data for the worst waits for the services',
    mutate: withoutDependency('AWS::CloudWatch::Alarm', 'Alarmsnohealthyhost', 'Api'),
  },
  {
    breaks: 'running tasks are averaged',
    in: 'large',
    turnsRed: 'running tasks are counted by samples, not by the metric of paid insights',
    mutate: alarm((properties) => (properties.Statistic = 'Average'), 'api-tasks-missing-critical'),
  },
  {
    breaks: 'a warning pages',
    in: 'medium',
    turnsRed: 'a warning wakes nobody',
    mutate: alarm((properties) => (properties.AlarmActions = [{ Ref: 'AlertsPageD9B6A1BD' }]), 'cache-memory-1-warning'),
  },
  {
    breaks: 'failing customers only mail',
    in: 'enterprise',
    turnsRed: 'what customers feel pages, by alarms that stand above others',
    mutate: change(
      'AWS::CloudWatch::CompositeAlarm',
      (properties) => (properties.AlarmActions = [{ Ref: 'AlertsTicketB0B4D82D' }]),
      'Alarmscustomersfailing',
    ),
  },
  {
    breaks: 'an alarm asks for a unit',
    in: 'small',
    turnsRed: 'an alarm asks for no unit, no short period and no more than ten metrics',
    mutate: alarm((properties) => (properties.Unit = 'Percent'), 'api-memory-warning'),
  },
  {
    breaks: 'an alarm looks every ten seconds',
    in: 'small',
    turnsRed: 'an alarm asks for no unit, no short period and no more than ten metrics',
    mutate: alarm((properties) => (properties.Period = 10), 'api-memory-warning'),
  },
];
