import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { readActions } from '../../lib/deployed/deployed-error';
import { githubFacts } from '../../lib/facts/github';
import { preflightActions } from '../../lib/preflight/preflight-error';
import type { CommitImage } from '../commit-images/images';

/** Who may assume the role, and what it may push. */
export interface GithubRole {
  /** As the token names it: `octo-org/shop`, or with the numbers of both, `octo-org@123456/shop@456789`. */
  readonly repository: string;
  readonly branch: string;
  readonly environment: string;
  /** Whether the account has GitHub's OIDC provider already, which it can have once. */
  readonly existingProvider: boolean;
  readonly images: readonly CommitImage[];
}

const issuer = 'token.actions.githubusercontent.com';
const audience = 'sts.amazonaws.com';

/** Roles of `cdk bootstrap` that a deployment assumes, in every region of the account; the role of CloudFormation is not among them. */
const bootstrapRoles = [
  DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN,
  DefaultStackSynthesizer.DEFAULT_FILE_ASSET_PUBLISHING_ROLE_ARN,
  DefaultStackSynthesizer.DEFAULT_IMAGE_ASSET_PUBLISHING_ROLE_ARN,
  DefaultStackSynthesizer.DEFAULT_LOOKUP_ROLE_ARN,
].map((arn) => arn.replace('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER).replace('${AWS::Region}', '*'));

/** docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html, read on 2026-11-30 */
const pushActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
] as const;

const allow = (Sid: string, Action: readonly string[], Resource: unknown) => ({ Sid, Effect: 'Allow', Action, Resource });

/** A CloudFormation template with the role that a workflow of one repository deploys with, on one branch or in one environment. */
export function githubRoleTemplate({ repository, branch, environment, existingProvider, images }: GithubRole): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What GitHub Actions of ${repository} may do to deploy stores: on the branch ${branch} and in the environment ${environment}`,
    Resources: {
      ...(!existingProvider && {
        Provider: {
          Type: 'AWS::IAM::OIDCProvider',
          Properties: { Url: `https://${issuer}`, ClientIdList: [audience] },
        },
      }),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Description: `Deploys stores from ${repository}`,
          MaxSessionDuration: githubFacts.jobHours.most * 3_600,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRoleWithWebIdentity',
                Principal: {
                  Federated: existingProvider
                    ? { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}` }
                    : { Ref: 'Provider' },
                },
                Condition: {
                  StringEquals: {
                    [`${issuer}:aud`]: audience,
                    [`${issuer}:sub`]: [
                      `repo:${repository}:ref:refs/heads/${branch}`,
                      `repo:${repository}:environment:${environment}`,
                    ],
                  },
                },
              },
            ],
          },
          Policies: [{ PolicyName: 'Deploy', PolicyDocument: { Version: '2012-10-17', Statement: statements(images) } }],
        },
      },
    },
    Outputs: {
      RoleArn: { Description: 'For the variable DEPLOY_ROLE_ARN of the repository', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  };
}

function statements(images: readonly CommitImage[]): readonly object[] {
  const repositories = images.map(({ account, region, repository }) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${repository}`,
  }));
  return [
    allow(
      'AssumeBootstrapRoles',
      ['sts:AssumeRole'],
      bootstrapRoles.map((arn) => ({ 'Fn::Sub': arn })),
    ),
    allow('AskAws', [...new Set([...preflightActions, ...readActions])].toSorted(), '*'),
    ...(images.length > 0
      ? [allow('LogInToEcr', ['ecr:GetAuthorizationToken'], '*'), allow('PushImages', pushActions, repositories)]
      : []),
  ];
}
