import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { aBalancer, only, remembered, template, theirStack } from './parts';

const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';

const balancer = remembered((certificateArn?: string) => {
  const stack = theirStack();
  aBalancer(stack, certificateArn).listener.addAction('Nobody', { action: elb.ListenerAction.fixedResponse(404) });
  return template(stack);
});

test('without a certificate it listens to HTTP on port 80', () => {
  const { Properties } = only(balancer(), 'AWS::ElasticLoadBalancingV2::Listener');
  expect(Properties).toMatchObject({ Protocol: 'HTTP', Port: 80 });
  expect(Properties).not.toHaveProperty('Certificates');
});

test('with one it listens to HTTPS on port 443, TLS 1.2 and newer', () => {
  expect(only(balancer(certificate), 'AWS::ElasticLoadBalancingV2::Listener').Properties).toMatchObject({
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{ CertificateArn: certificate }],
    SslPolicy: expect.stringMatching(/TLS13-1-2/) as string,
  });
});

test.each([
  ['HTTP', undefined, 80],
  ['HTTPS', certificate, 443],
])('CloudFront’s addresses alone come in, and only to the port of %s', (_, certificateArn, port) => {
  const from = balancer(certificateArn);
  expect(only(from, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({
    SourcePrefixListId: 'pl-3b927c52',
    FromPort: port,
    ToPort: port,
  });
  expect(only(from, 'AWS::EC2::SecurityGroup').Properties).not.toHaveProperty('SecurityGroupIngress');
});

test('it is internal, in application subnets, and drops header fields that smuggle', () => {
  const { Properties } = only(balancer(), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(Properties).toMatchObject({ Scheme: 'internal', Subnets: ['subnet-0000000c', 'subnet-0000000d'] });
  expect(Properties.LoadBalancerAttributes).toContainEqual({
    Key: 'routing.http.drop_invalid_header_fields.enabled',
    Value: 'true',
  });
});

test('it is protected from deletion and outlives the stack', () => {
  const { Properties, DeletionPolicy } = only(balancer(), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(Properties.LoadBalancerAttributes).toContainEqual({ Key: 'deletion_protection.enabled', Value: 'true' });
  expect(DeletionPolicy).toBe('Retain');
});

test('its accesses are logged, once the bucket lets it', () => {
  const from = balancer();
  const { Properties, DependsOn } = only(from, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(Properties.LoadBalancerAttributes).toContainEqual({ Key: 'access_logs.s3.prefix', Value: 'load-balancer' });
  expect(DependsOn).toContain(only(from, 'AWS::S3::BucketPolicy').id);
});
