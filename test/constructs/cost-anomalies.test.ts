import { Alerts } from '../../lib/constructs/alerts';
import { CostAnomalies } from '../../lib/constructs/cost-anomalies';
import { aKey, only, propertiesOf, template, theirStack } from './parts';

const arn = 'arn:aws:ce::111122223333:anomalymonitor/12345678-1234-1234-1234-123456789012';

function anomalies(monitorArn?: string) {
  const stack = theirStack();
  const { ticket } = new Alerts(stack, 'Alerts', {
    email: undefined,
    slack: undefined,
    slackConfigurationName: 'theirs-alerts',
    key: aKey(stack),
    costAnomalies: true,
  });
  new CostAnomalies(stack, 'CostAnomalies', { fromUsd: 12.5, monitorArn, storeName: 'acme', topic: ticket });
  return template(stack);
}

test('a monitor of its own watches the costs with the store’s tag, by the key that the resources have', () => {
  const { MonitorType, MonitorSpecification, MonitorDimension } = only(anomalies(), 'AWS::CE::AnomalyMonitor').Properties;
  expect(MonitorType).toBe('CUSTOM');
  expect(MonitorDimension).toBeUndefined();
  expect(JSON.parse(MonitorSpecification as string)).toEqual({ Tags: { Key: 'store', Values: ['acme'] } });
});

test('each anomaly is told alone, from its amount on, to the topic for tickets', () => {
  const { Properties } = only(anomalies(), 'AWS::CE::AnomalySubscription');
  expect(Properties.Frequency).toBe('IMMEDIATE');
  expect(Properties.Subscribers).toEqual([{ Type: 'SNS', Address: { Ref: expect.stringMatching(/^AlertsTicket/) } }]);
  expect(Properties.MonitorArnList).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^CostAnomaliesMonitor/), 'MonitorArn'] }]);
  expect(JSON.parse(Properties.ThresholdExpression as string)).toEqual({
    Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: ['12.5'] },
  });
});

test('a monitor that the account has is used as it is, and none is made', () => {
  const made = anomalies(arn);
  expect(propertiesOf(made, 'AWS::CE::AnomalyMonitor')).toEqual([]);
  expect(only(made, 'AWS::CE::AnomalySubscription').Properties.MonitorArnList).toEqual([arn]);
});

test('it is made after the topic lets it publish', () => {
  expect(only(anomalies(), 'AWS::CE::AnomalySubscription').DependsOn).toEqual([expect.stringMatching(/^AlertsTicketPolicy/)]);
});
