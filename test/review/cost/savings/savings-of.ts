import { costOf } from '../../../../lib/review/cost/cost';
import { savingsOf } from '../../../../lib/review/cost/savings/savings';
import type { Saving, SavingName, Savings } from '../../../../lib/review/cost/savings/types';
import { Template } from '../../../../lib/template/template';
import type { MonthlyUsage } from '../../../../lib/usage/monthly-usage';
import { cents, idle, type Resources } from '../bill-of';

export function allSavings(resources: Resources, usage: Partial<MonthlyUsage> = {}, region = 'us-east-1'): Savings {
  const source = { Resources: resources };
  const month = { ...idle, ...usage };
  return savingsOf(source, region, month, costOf(new Template(source), region, month));
}

/** `name: USD` of every saving that is open, to the cent. */
export function saved(resources: Resources, usage: Partial<MonthlyUsage> = {}, region = 'us-east-1') {
  const { savings } = allSavings(resources, usage, region);
  return Object.fromEntries(savings.flatMap(({ name, usdPerMonth }) => (usdPerMonth === 0 ? [] : [[name, amount(usdPerMonth)]])));
}

const amount = (usdPerMonth: number | undefined): number | 'not known' =>
  usdPerMonth === undefined ? 'not known' : cents({ usdPerMonth });

export function savingCalled(name: SavingName, resources: Resources, usage: Partial<MonthlyUsage> = {}): Saving {
  const found = allSavings(resources, usage).savings.find((saving) => saving.name === name);
  if (!found) throw new Error(`There is no saving ${name}`);
  return found;
}

export const cache = (Engine: string, CacheNodeType: string, nodes = 1): Resources => ({
  Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { Engine, CacheNodeType, NumCacheClusters: nodes } },
});

export const database = (DBInstanceClass: string, MultiAZ = true): Resources => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceClass, Engine: 'postgres', MultiAZ, AllocatedStorage: '100', StorageType: 'gp3' },
  },
});

/** A task of 1 vCPU and 2 GB. */
export const tasks = (part: string, CapacityProvider = 'FARGATE', CpuArchitecture = 'ARM64'): Resources => ({
  Cluster: { Type: 'AWS::ECS::Cluster' },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Cpu: '1024', Memory: '2048', RuntimePlatform: { CpuArchitecture }, ContainerDefinitions: [{}] },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      Cluster: { Ref: 'Cluster' },
      TaskDefinition: { Ref: 'Task' },
      CapacityProviderStrategy: [{ CapacityProvider, Weight: 1 }],
      Tags: [{ Key: 'part', Value: part }],
    },
  },
});

export const alarms = (...names: readonly string[]): Resources =>
  Object.fromEntries(
    names.map((name) => [
      name.replaceAll('-', ''),
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: `my-shop-${name}`,
          Namespace: 'AWS/ECS',
          MetricName: name,
          Tags: [{ Key: 'store', Value: 'my-shop' }],
        },
      },
    ]),
  );
