import { failure, foreign, type Run, reviewsIn, runWith } from './run-review';

const read = (text: string | Error, ...argv: string[]): Run =>
  runWith({ files: { 'other.yaml': text } }, '--template', 'other.yaml', ...argv);

describe('npm start -- --template', () => {
  it('prices what it knows of a template that somebody else wrote, and names what it does not', () => {
    const { code, out } = read(foreign, '--tier', 'small');

    expect(code).toBe(0);
    expect(out).toContain('public IPv4 address  Address');
    expect(out).toContain('not priced: AWS::GameLift::Fleet');
  });

  it('says that findings were not run', () => {
    expect(read(foreign, '--tier', 'small').out).toContain('not run');
  });

  it('takes the size that a store’s own template tells', () => {
    expect(
      reviewsIn(
        read('{ "Resources": { "It": { "Type": "AWS::EC2::EIP" } }, "Outputs": { "Tier": { "Value": "large" } } }', '--json'),
      )[0]?.budget,
    ).toMatchObject({ usdPerMonth: 3_000 });
  });

  it.each([
    [
      'says no size',
      foreign,
      'error: other.yaml does not say its size; add --tier small or --tier medium or --tier large or --tier enterprise: whose use is assumed',
    ],
    ['is not there', failure('ENOENT'), 'error: other.yaml cannot be read: there is no such file or folder'],
    ['is a folder', failure('EISDIR'), 'error: other.yaml cannot be read: it is a folder'],
    ['may not be read', failure('EACCES'), 'error: other.yaml cannot be read: it is not permitted'],
  ])('refuses a file that %s in one line', (_, text, message) => {
    expect(read(text)).toMatchObject({ code: 1, out: '', error: `${message}\n` });
  });

  it.each([
    ['empty', ''],
    ['truncated', '{ "Resources": { "It": { "Type": "AWS::EC2'],
    ['not a template', '{ "name": "package" }'],
  ])('refuses a file that is %s in one line that names it', (_, text) => {
    const { code, out, error } = read(text, '--tier', 'small');

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^error: other\.yaml .+\n$/);
  });
});
