import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Check, fails, holds, notKnown } from './check';
import { callAws, undefinedOn } from './preflight-error';

export const credentials: Check = {
  title: 'credentials',
  run: async ({ sts }, { config: { region } }) => {
    const { Account, Arn } = await callAws('sts:GetCallerIdentity', region, () => sts.send(new GetCallerIdentityCommand({})));
    return [holds(`account ${Account}, as ${Arn}`)];
  },
};

/** aws-cdk-lib, DefaultStackSynthesizer: its templates refuse older ones. */
const oldestBootstrap = 6;
const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

export const bootstrap: Check = {
  title: 'CDK bootstrap',
  run: async ({ ssm }, { config: { region, tier } }) => {
    const command = new GetParameterCommand({ Name: bootstrapParameter });
    const fix = `npx cdk bootstrap --context tier=${tier}`;
    const answer = await callAws('ssm:GetParameter', region, () => ssm.send(command).catch(undefinedOn(ParameterNotFound)));
    if (!answer) return [fails(`${region} of this account is not bootstrapped`, fix)];
    const version = Number(answer.Parameter?.Value);
    if (!Number.isInteger(version)) return [notKnown(`${bootstrapParameter} is ${answer.Parameter?.Value}`, fix)];
    return [
      version >= oldestBootstrap
        ? holds(`version ${version}`)
        : fails(`version ${version} is older than ${oldestBootstrap}`, fix),
    ];
  },
};
