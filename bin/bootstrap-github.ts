import type { Command } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { checkedOptions, type Options } from './bootstrap-github/options';
import { githubRoleTemplate } from './bootstrap-github/template';
import { cdkContext } from './cdk-context';
import { failureCode, newCommand, type Output } from './command';
import { commitImages, uriOf } from './commit-images/images';
import { terminal } from './terminal';

interface BootstrapIo extends Output {
  /** Context of cdk.json. */
  readonly context: () => Readonly<Record<string, unknown>>;
}

/** Prints the role of the repository's workflows as a CloudFormation template. @returns the exit code */
export function main(argv: readonly string[], io: BootstrapIo): number {
  try {
    const options = checkedOptions(bootstrapCommand(io).parse(argv, { from: 'user' }).opts<Options>());
    const images = commitImages(io.context());
    io.write(`${JSON.stringify(githubRoleTemplate({ ...options, images }), null, 2)}\n`);
    io.writeError(
      notes(
        options,
        images.map((image) => uriOf(image, 'COMMIT')),
      ),
    );
    return 0;
  } catch (error) {
    return failureCode(error, io, ConfigError);
  }
}

function notes({ repository, branch, environment }: ReturnType<typeof checkedOptions>, uris: readonly string[]): string {
  return [
    `The role is for workflows of ${repository} on the branch ${branch} or in the environment ${environment}, and for nobody else.`,
    'It assumes the roles of cdk bootstrap, so whoever may change that branch may change whatever CloudFormation may in the account.',
    uris.length === 0
      ? 'It pushes no image: cdk.json names none in ECR with the tag "commit".'
      : `It pushes ${uris.join(' and ')}.`,
    ...(repository.includes('@')
      ? []
      : [
          'Repositories since July 2026 have numbers in their tokens, and need --repository OWNER@NUMBER/NAME@NUMBER: docs/deploy-from-github.md',
        ]),
    '',
  ].join('\n');
}

function bootstrapCommand(io: Output): Command {
  return newCommand('npm run bootstrap:github --', io)
    .description(
      'Prints the role that .github/workflows/deploy.yml deploys with, as a CloudFormation template. Makes no AWS call.',
    )
    .option('--repository <owner/name>', 'the repository on GitHub')
    .option('--branch <name>', 'the branch that is deployed', 'main')
    .option('--environment <name>', 'the environment that asks for approvals', 'production')
    .option('--existing-provider', "use the account's provider for GitHub, which it can have only once", false)
    .addHelpText(
      'after',
      `
Examples:
  npm run --silent bootstrap:github -- --repository octo-org/shop > github.json
  npm run --silent bootstrap:github -- --repository octo-org@123456/shop@456789 --existing-provider > github.json

The steps before and after: docs/deploy-from-github.md`,
    );
}

if (require.main === module) process.exitCode = main(process.argv.slice(2), { ...terminal(), context: cdkContext });
