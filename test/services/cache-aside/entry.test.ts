import { readEntry, writeEntry } from '../../../services/cache-aside/entry';

describe('what the cache keeps under a key', () => {
  it.each([
    ['without tags', new Map(), ''],
    [
      'with tags',
      new Map([
        ['products', 'v1'],
        ['product:1', 'v2'],
      ]),
      '{"a":1}',
    ],
    ['with lines of its own', new Map([['products', 'v1']]), 'one\ntwo\n'],
  ])('is read as it was written: %s', (_, versions, text) => {
    const entry = { text, refreshAt: 1_767_225_600_000, versions };
    expect(readEntry(writeEntry(entry))).toEqual(entry);
  });

  it.each(['', 'text', '\ntext', 'soon products=v1\ntext', '1767225600000 products\ntext', '1767225600000 =v1\ntext'])(
    'is no entry when something else stands there: %j',
    (stored) => expect(readEntry(stored)).toBeUndefined(),
  );

  it.each(['two words', 'a=b', 'line\n', ''])('cannot carry the tag %j', (tag) => {
    expect(() => writeEntry({ text: '', refreshAt: 0, versions: new Map([[tag, 'v1']]) })).toThrow('A tag has no white space');
  });
});
