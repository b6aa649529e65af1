import { readOutput } from '../../../bin/check-app/output';

const read = (text: string | Buffer, ...secrets: string[]) =>
  readOutput({ stdout: [Buffer.from(text)], stderr: [], both: [] }, secrets);

describe('what a program writes', () => {
  it('is counted by lines, and by those that are JSON', () => {
    expect(read('{"a":1}\nplain\n\u001b[31mred\u001b[0m\n')).toEqual({ lines: 3, json: 1, problem: undefined });
  });

  it.each<[what: string, text: string | Buffer, problem: RegExp]>([
    ['a password', 'postgresql://a:s3cret@b\n', /password/],
    ['bytes', Buffer.from([0x61, 0x00, 0x0a]), /no text/],
    ['what is no UTF-8', Buffer.from([0xff, 0x0a]), /no text/],
    ['a line without an end', 'started\nand', /no end: .*and/s],
  ])('is refused with %s', (_what, text, problem) => {
    expect(read(text, 's3cret').problem).toMatch(problem);
  });
});
