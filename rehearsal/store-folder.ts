import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folder } from './emulator';

const root = resolve(__dirname, '..');

/** A copy of the project, whose cdk.json is edited as the documents say; its cdk.out is in nobody's way. */
export const storeFolder = join(folder, 'store');

const copied = [
  'alarms',
  'bin',
  'lib',
  'services',
  'docs',
  'cdk.json',
  'package.json',
  'tsconfig.json',
  'register.cjs',
  'require-node.cjs',
];

export function copyProject(): void {
  mkdirSync(join(storeFolder, '.build'), { recursive: true });
  for (const name of copied) cpSync(join(root, name), join(storeFolder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(storeFolder, 'node_modules'));
  symlinkSync(join(root, '.build/compile-cache'), join(storeFolder, '.build/compile-cache'));
}

/** Writes cdk.json. @param settings of the store `shop`, beside its region */
export function writeSettings(settings: object = {}): void {
  const context = { stores: { shop: { region: 'us-east-1', ...settings } } };
  writeFileSync(
    join(storeFolder, 'cdk.json'),
    JSON.stringify(
      { app: 'node -r ./register.cjs bin/store.ts', versionReporting: false, notices: false, context },
      undefined,
      2,
    ),
  );
}
