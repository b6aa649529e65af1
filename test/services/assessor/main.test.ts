const plain = { ...process.env };

afterEach(() => {
  process.env = { ...plain };
  jest.resetModules();
});

/** As Lambda loads it at a cold start. */
function coldStart(variables: Readonly<Record<string, string>>): typeof import('../../../services/assessor/main') {
  process.env = { ...plain, ...variables };
  return require('../../../services/assessor/main') as typeof import('../../../services/assessor/main');
}

describe('a cold start of the assessor', () => {
  it('gives Lambda its handler', () => {
    expect(coldStart({ STORE_NAME: 'shop', AWS_REGION: 'eu-west-1', BUDGET_USD: '500' }).handler).toBeInstanceOf(Function);
  });

  it('fails where the environment does not fit', () => {
    expect(() => coldStart({ STORE_NAME: 'Shop!', AWS_REGION: 'eu-west-1' })).toThrow(/does not match the contract/);
  });
});
