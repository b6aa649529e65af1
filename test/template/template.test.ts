import { type Resource, Template } from '../../lib/template/template';

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

describe('a value that is written, but known to AWS alone', () => {
  const unknown = new Template({
    Parameters: {
      Gb: {},
      Class: { Default: 'db.t4g.small' },
      Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
    },
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      It: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Plain: 20,
          Given: { Ref: 'Gb' },
          Default: { Ref: 'Class' },
          Ssm: { Ref: 'Image' },
          If: { 'Fn::If': ['Big', 1, 2] },
          Attribute: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Nowhere: { Ref: 'Nobody' },
          Imported: { 'Fn::ImportValue': 'vpc' },
          Dynamic: '{{resolve:ssm:/size}}',
          Words: 'many',
          Region: { Ref: 'AWS::Region' },
          Joined: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] },
          Inside: { Rules: [{ Days: { Ref: 'Gb' } }] },
          List: { 'Fn::If': ['Big', ['a'], []] },
          Empty: '',
        },
      },
      Perhaps: { Type: 'AWS::SNS::Topic', Condition: 'Big', Properties: { Name: 'a' } },
    },
  });
  const notes = (reading: (one: Resource) => unknown) =>
    unknown
      .ofType('AWS::RDS::DBInstance')[0]
      ?.read(reading)
      .unknown.map(({ property }) => property);

  it.each(['Given', 'Ssm', 'If', 'Attribute', 'Nowhere', 'Imported', 'Dynamic', 'Region', 'Joined'])(
    'is noted where a plain value of %s is needed',
    (name) => {
      expect(notes((one) => one.text(name))).toEqual([name]);
      expect(notes((one) => one.number(name))).toEqual([name]);
      expect(notes((one) => one.flag(name))).toEqual([name]);
    },
  );

  it.each(['Plain', 'Default', 'Absent', 'Empty'])('is not %s', (name) => {
    expect(notes((one) => [one.text(name), one.flag(name), one.value(name)])).toEqual([]);
  });

  it('is a text where a number is needed', () => {
    expect(notes((one) => one.text('Words'))).toEqual([]);
    expect(notes((one) => one.number('Words'))).toEqual(['Words']);
  });

  it.each(['Given', 'If', 'Nowhere', 'Imported', 'Inside'])('is noted where the whole of %s is read', (name) => {
    expect(notes((one) => one.value(name))).toEqual([name]);
    expect(notes((one) => one.references(name))).toEqual([name]);
  });

  it.each(['Attribute', 'Region', 'Joined', 'Dynamic'])('may be passed on as it is written: %s', (name) => {
    expect(notes((one) => one.value(name))).toEqual([]);
  });

  it('is noted on the way to a value, and where a list is needed', () => {
    expect(notes((one) => one.text('If.Inner'))).toEqual(['If.Inner']);
    expect(notes((one) => one.list('List'))).toEqual(['List']);
  });

  it('is a resource of which a condition decides', () => {
    expect(unknown.read((view) => view.ofType('AWS::SNS::Topic').length)).toEqual({
      result: 1,
      unknown: [{ resource: 'Perhaps', property: 'Condition' }],
    });
  });

  it('is noted for the one reading alone that needs it', () => {
    unknown.ofType('AWS::RDS::DBInstance')[0]?.text('Given');

    expect(unknown.read((view) => view.ofType('AWS::RDS::DBInstance')[0]?.text('Plain')).unknown).toEqual([]);
  });
});
