import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { physicalNames } from '../lib/config/physical-names';
import type { AlarmsConfig } from '../lib/config/store-config';
import {
  type AlarmDefinition,
  type Catalogue,
  type CompositeDefinition,
  type Condition,
  type NoticeDefinition,
  type ResourceName,
  type ServiceName,
  topicOf,
} from './definition';
import { metricOf } from './metric-of';

export interface AlarmSetProps extends Omit<AlarmsConfig, 'diagnostics'> {
  readonly storeName: string;
  readonly catalogue: Catalogue;
  /** Name that AWS gives a resource of the stack. */
  readonly nameOf: (resource: ResourceName) => string;
  readonly topics: Readonly<Record<'page' | 'ticket', sns.ITopic>>;
  /** Those that the store runs; each is rolled back by its alarms. */
  readonly services: Readonly<Partial<Record<ServiceName, WatchedService>>>;
  /** Primary and replicas. */
  readonly databaseIdentifiers: readonly string[];
  readonly backupVaultName: string;
}

export interface WatchedService {
  readonly service: ecs.FargateService;
  /** The service alone, without what scales it. */
  readonly resource: IConstruct;
}

/** The catalogue as alarms of CloudWatch, rules of EventBridge and a subscription to RDS, and who is told of each. */
export class AlarmSet extends Construct {
  private readonly alarms: ReadonlyMap<string, cloudwatch.Alarm>;
  /** An alarm's physical name. */
  private readonly alarmName: (id: string) => string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmSetProps,
  ) {
    super(scope, id);
    this.alarmName = physicalNames(props.storeName).alarm;
    const { alarms, composites, notices } = props.catalogue;
    this.alarms = new Map(alarms.map((definition) => [definition.id, this.alarm(definition)]));
    for (const definition of composites) this.composite(definition);
    for (const definition of notices) this.notice(definition);
    for (const [service, watched] of Object.entries(props.services)) this.rollBack(service as ServiceName, watched);
  }

  private alarm(definition: AlarmDefinition): cloudwatch.Alarm {
    const { actionsEnabled, nameOf } = this.props;
    const alarm = new cloudwatch.Alarm(this, definition.id, {
      alarmName: this.alarmName(definition.id),
      alarmDescription: this.description(definition, definition.rule),
      metric: metricOf(definition.signal, { period: Duration.seconds(definition.window.periodSeconds), nameOf }),
      datapointsToAlarm: definition.window.datapoints,
      evaluationPeriods: definition.window.of,
      comparisonOperator: operators[definition.operator],
      threshold: definition.threshold,
      treatMissingData: definition.missing as cloudwatch.TreatMissingData, // whose values are these words
      actionsEnabled,
    });
    alarm.addAlarmAction(...this.actions(topicOf(definition.notifies)));
    if (definition.missing === 'breaching') this.afterServices(alarm, definition);
    return alarm;
  }

  /** Before the first tasks run it would ring, since it takes no data for the worst. An alarm on a service's own metrics waits anyway. */
  private afterServices(alarm: cloudwatch.Alarm, { signal }: AlarmDefinition): void {
    if (!('expression' in signal) && signal.namespace === 'AWS/ECS') return;
    alarm.node.addDependency(...Object.values(this.props.services).map(({ resource }) => resource));
  }

  private composite(definition: CompositeDefinition): void {
    const { actionsEnabled } = this.props;
    const composite = new cloudwatch.CompositeAlarm(this, definition.id, {
      compositeAlarmName: this.alarmName(definition.id),
      alarmDescription: this.description(definition, definition.id),
      alarmRule: this.rule(definition.condition),
      actionsEnabled,
    });
    composite.addAlarmAction(...this.actions(definition.notifies));
    composite.addOkAction(...this.actions('ticket')); // that it is over wakes nobody
  }

  private rule(condition: Condition): cloudwatch.IAlarmRule {
    if ('alarm' in condition) return cloudwatch.AlarmRule.fromAlarm(this.one(condition.alarm), cloudwatch.AlarmState.ALARM);
    if ('anyOf' in condition) return cloudwatch.AlarmRule.anyOf(...condition.anyOf.map((each) => this.rule(each)));
    return cloudwatch.AlarmRule.allOf(...condition.allOf.map((each) => this.rule(each)));
  }

  private notice(definition: NoticeDefinition): void {
    const { source } = definition;
    if (source.kind === 'deployment-failed') {
      const watched = this.props.services[source.service];
      if (watched === undefined) throw new Error(`The catalogue watches ${source.service}, which the store does not run`);
      this.onEvent(definition, deploymentFailed(watched.service));
    }
    if (source.kind === 'backup-failed') this.onEvent(definition, backupFailed(this.props.backupVaultName));
    if (source.kind === 'database-events') this.databaseEvents(definition, source.categories);
    // Budget and anomalies of costs tell by themselves: lib/constructs/budget.ts, lib/constructs/cost-anomalies.ts
  }

  /** In the one form that a channel of Slack shows; in an e-mail it can be read too. */
  private onEvent(definition: NoticeDefinition, eventPattern: events.EventPattern): void {
    const { storeName, topics, actionsEnabled } = this.props;
    const content = {
      title: `${definition.title} (store ${storeName})`,
      description: this.description(definition, definition.id),
    };
    new events.Rule(this, definition.id, {
      description: definition.title,
      enabled: actionsEnabled,
      eventPattern,
      targets: [
        new targets.SnsTopic(topics[definition.notifies], {
          message: events.RuleTargetInput.fromObject({ version: '1.0', source: 'custom', content }),
        }),
      ],
    });
  }

  private databaseEvents({ id, notifies }: NoticeDefinition, categories: readonly string[]): void {
    const { topics, actionsEnabled, databaseIdentifiers } = this.props;
    const subscription = new rds.CfnEventSubscription(this, id, {
      snsTopicArn: topics[notifies].topicArn,
      enabled: actionsEnabled,
      sourceType: 'db-instance',
      sourceIds: [...databaseIdentifiers],
      eventCategories: [...categories],
    });
    subscription.node.addDependency(topics[notifies].node.findChild('Policy')); // RDS tries whether it may publish
  }

  /** The service waits for the alarms: ECS would not know their names otherwise. They read nothing of the service itself. */
  private rollBack(service: ServiceName, watched: WatchedService): void {
    const definitions = this.props.catalogue.alarms.filter(({ rollsBack }) => rollsBack.includes(service));
    if (definitions.length === 0) return; // its circuit breaker is left
    watched.service.enableDeploymentAlarms(
      definitions.map(({ id }) => this.alarmName(id)),
      { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
    );
    watched.resource.node.addDependency(...definitions.map(({ id }) => this.one(id)));
  }

  private one(id: string): cloudwatch.Alarm {
    const alarm = this.alarms.get(id);
    if (!alarm) throw new Error(`The catalogue has no alarm ${id}`);
    return alarm;
  }

  /** The first word tells a page from a ticket where both come to one mailbox. */
  private description({ notifies, harms, why }: Pick<AlarmDefinition, 'notifies' | 'harms' | 'why'>, anchor: string): string {
    const runbooks = this.props.runbooksUrl ?? 'docs/runbooks.md'; // without an address, the file in the repository
    return `${topicOf(notifies).toUpperCase()}: ${harms} (${why}) Runbook: ${runbooks}#${anchor}`;
  }

  private actions(notifies: 'page' | 'ticket'): cloudwatch.IAlarmAction[] {
    const { topics, pageActions, ticketActions } = this.props;
    const others = notifies === 'page' ? pageActions : ticketActions;
    return [topics[notifies].topicArn, ...others].map((alarmActionArn) => ({ bind: () => ({ alarmActionArn }) }));
  }
}

function deploymentFailed({ serviceArn }: ecs.FargateService): events.EventPattern {
  return {
    source: ['aws.ecs'],
    detailType: ['ECS Deployment State Change'],
    resources: [serviceArn],
    detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
  };
}

function backupFailed(backupVaultName: string): events.EventPattern {
  return {
    source: ['aws.backup'],
    detailType: ['Backup Job State Change'],
    detail: { backupVaultName: [backupVaultName], state: ['ABORTED', 'EXPIRED', 'FAILED'] },
  };
}

const operators = {
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
} as const;
