import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { edgeRegion, regionFacts } from '../facts/regions';
import { type Check, fails, holds, notKnown } from './check';
import { callAws, undefinedOn } from './preflight-error';

/** A region that the account has not turned on refuses its credentials; another one says whom they belong to. */
const regionThatAnswers = (region: string): string => (regionFacts(region)?.optIn ? edgeRegion : region);

export const credentials: Check = {
  title: 'credentials',
  run: async ({ of }, { config }) => {
    const region = regionThatAnswers(config.region);
    const { Account, Arn } = await callAws('sts:GetCallerIdentity', region, () =>
      of(region).sts.send(new GetCallerIdentityCommand({})),
    );
    return [holds(`account ${Account}, as ${Arn}`)];
  },
};

/** Nothing else can be asked of a region that is off. */
export const regionEnabled: Check = {
  title: 'region',
  run: async ({ of }, { config: { region } }) => {
    const { optIn = false, place } = regionFacts(region) ?? {};
    if (!optIn) return [holds(`${region}, ${place}: on in every account`)];
    const { Regions: found = [] } = await callAws('ec2:DescribeRegions', edgeRegion, () =>
      of(edgeRegion).ec2.send(new DescribeRegionsCommand({ RegionNames: [region], AllRegions: true })),
    );
    const status = found[0]?.OptInStatus;
    if (status === undefined) return [notKnown(`${region}: AWS does not say whether the account has turned it on`)];
    if (status === 'opted-in') return [holds(`${region}, ${place}: the account has turned it on`)];
    return [
      fails(
        `${region} is off in this account, so nothing else can be asked there`,
        `aws account enable-region --region-name ${region}`,
      ),
    ];
  },
};

const clusterRole = 'AWSServiceRoleForECS';

/**
 * Of all the roles that AWS makes for its services at their first use, a new account waits for this one alone: ECS makes it with its first
 * cluster and cannot assume it yet.
 */
export const serviceRoles: Check = {
  title: 'service-linked roles',
  run: async ({ iam }) => {
    const answer = await callAws('iam:GetRole', edgeRegion, () =>
      iam.send(new GetRoleCommand({ RoleName: clusterRole })).catch(undefinedOn(NoSuchEntityException)),
    );
    return [
      answer
        ? holds(`${clusterRole}; AWS makes the others itself`)
        : fails(
            `${clusterRole} is missing, so the first cluster may fail with "Unable to assume the service linked role"`,
            'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
          ),
    ];
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
