import type { Template } from '../../../../template/template';

/** Logical ids of the stack's alarms by what follows the store's name in theirs: `cache-cpu-2-warning` of `shop-cache-cpu-2-warning`. */
export function alarmsCalled(pattern: RegExp, template: Template): readonly string[] {
  return template
    .ofType('AWS::CloudWatch::Alarm')
    .filter((alarm) => {
      const prefix = `${alarm.tag('store')}-`;
      const name = alarm.text('AlarmName') ?? '';
      return name.startsWith(prefix) && pattern.test(name.slice(prefix.length));
    })
    .map(({ id }) => id);
}
