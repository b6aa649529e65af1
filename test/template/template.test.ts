import { Template } from '../../lib/template/template';

const template = new Template({
  Parameters: { Class: { Default: 'db.t4g.small' } },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Instance: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBInstanceClass: { Ref: 'Class' },
        AllocatedStorage: '20',
        MultiAZ: 'true',
        Source: { 'Fn::Join': ['', ['arn:', { 'Fn::GetAtt': ['Queue', 'Arn'] }]] },
        Domain: { Ref: 'AWS::Region' },
        Tags: [{ Key: 'part', Value: 'database' }],
      },
    },
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultTags: { part: 'backups' } } },
    Service: { Type: 'AWS::ECS::Service', Properties: { PropagateTags: 'SERVICE', Tags: [{ Key: 'part', Value: 'api' }] } },
  },
});
const [, instance, vault, service] = template.resources;

describe('a resource of a template', () => {
  it('takes the default of a parameter for a reference to it', () => {
    expect(instance?.text('DBInstanceClass')).toBe('db.t4g.small');
  });

  it('reads numbers and flags that are written as text', () => {
    expect(instance?.number('AllocatedStorage')).toBe(20);
    expect(instance?.flag('MultiAZ')).toBe(true);
  });

  it('gives nothing for a value that only AWS knows', () => {
    expect(instance?.text('Domain')).toBeUndefined();
    expect(instance?.number('Domain')).toBeUndefined();
  });

  it('finds resources that it names at any depth', () => {
    expect(instance?.references('Source').map(({ id }) => id)).toEqual(['Queue']);
  });

  it.each([
    ['a list', instance, 'database'],
    ['a map in a property of another name', vault, 'backups'],
    ['a list beside a property whose name ends alike', service, 'api'],
  ])('reads a tag from %s', (_, resource, part) => {
    expect(resource?.tag('part')).toBe(part);
  });
});
