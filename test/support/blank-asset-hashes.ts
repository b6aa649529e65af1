const hash = /[0-9a-f]{64}/;

/** Blanks asset hashes in snapshots: a change of a service's code changes no snapshot. */
export const blankAssetHashes: jest.SnapshotSerializerPlugin = {
  test: (value) => typeof value === 'string' && hash.test(value),
  serialize: (value: string, config, indentation, depth, refs, printer) =>
    printer(value.replaceAll(new RegExp(hash, 'g'), '<asset hash>'), config, indentation, depth, refs),
};
