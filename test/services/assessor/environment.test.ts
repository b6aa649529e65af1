import { readAssessorEnvironment } from '../../../services/assessor/environment';

const plain = { STORE_NAME: 'shop', AWS_REGION: 'eu-west-1', BUDGET_USD: '500' };
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';

describe('the environment of the assessor', () => {
  it('is store, region and budget, and no CDN in us-east-1', () => {
    expect(readAssessorEnvironment(plain)).toEqual({ store: 'shop', region: 'eu-west-1', budgetUsd: 500, cdn: undefined });
  });

  it.each([
    [{ CDN_DISTRIBUTION_ID: 'E2EXAMPLE' }, { distributionId: 'E2EXAMPLE', certificateArn: undefined }],
    [{ CDN_CERTIFICATE_ARN: certificateArn }, { distributionId: undefined, certificateArn }],
  ])('names what to tell again: %j', (variables, cdn) => {
    expect(readAssessorEnvironment({ ...plain, ...variables }).cdn).toEqual(cdn);
  });

  it('reports every problem at once', () => {
    const broken = {
      STORE_NAME: 'Shop!',
      BUDGET_USD: '0',
      CDN_DISTRIBUTION_ID: 'x',
      CDN_CERTIFICATE_ARN: certificateArn.replace('us-east', 'eu-west'),
    };

    expect(() => readAssessorEnvironment(broken)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT',
        problems: [
          "STORE_NAME is not a store's name",
          'AWS_REGION is missing',
          'BUDGET_USD is not an amount of USD',
          'CDN_DISTRIBUTION_ID is not the id of a distribution',
          'CDN_CERTIFICATE_ARN is not a certificate in us-east-1',
        ],
      }),
    );
  });

  it('tells one problem a variable', () => {
    expect(() => readAssessorEnvironment({ ...plain, STORE_NAME: '' })).toThrow(
      expect.objectContaining({ problems: ['STORE_NAME is empty'] }),
    );
  });
});
