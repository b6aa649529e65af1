import { region } from './problems';

/** What the settings below vary: each is good as it stands. */
export const vpc = {
  vpcId: 'vpc-0123456789abcdef0',
  zones: ['us-east-1a', 'us-east-1b'],
  publicSubnetIds: [],
  applicationSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
  dataSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
};
export const domain = {
  name: 'shop.example.com',
  hostedZoneId: 'Z0123456789',
  hostedZoneName: 'example.com',
  cdnCertificateArn: `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`,
};
export const night = { stopAt: '22:00', startAt: '06:00', timeZone: 'Europe/Berlin' };
export const drop = { from: '2026-12-01T09:00:00Z', to: '2026-12-01T12:00:00Z', tasks: 8 };
