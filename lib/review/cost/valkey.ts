import type { CloudFormationTemplate } from '../../template/template';

/** The same template with Valkey in every cache that runs Redis OSS; undefined where none does. */
export function withValkey(template: CloudFormationTemplate): CloudFormationTemplate | undefined {
  let changed = false;
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const properties = resource.Properties as { Engine?: unknown } | undefined;
    if (resource.Type !== 'AWS::ElastiCache::ReplicationGroup' || (properties?.Engine ?? 'redis') !== 'redis')
      return [id, resource];
    changed = true;
    return [id, { ...resource, Properties: { ...properties, Engine: 'valkey' } }];
  });
  return changed
    ? { ...template, Resources: Object.fromEntries(resources) as CloudFormationTemplate['Resources'] & object }
    : undefined;
}
