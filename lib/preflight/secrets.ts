import { DescribeSecretCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { AppConfig } from '../config/store-config';
import { type Check, type Finding, fails, holds } from './check';
import { callAws, undefinedOn } from './preflight-error';

/** Secrets that the settings name; their values are not read. */
export const secrets: Check = {
  title: 'secrets',
  run: async ({ secrets: client }, { config: { region, payments, protection, files, app } }) => {
    const { stripeSecretArn } = payments ?? {};
    const named = [stripeSecretArn, protection.captcha?.secretArn, files.signingKeySecretArn].filter((arn) => arn !== undefined);
    const arns = new Set([...named, ...ofApp(app).map(withoutKey)]);
    const asked = [...arns].map(async (arn): Promise<Finding> => {
      const command = new DescribeSecretCommand({ SecretId: arn });
      const answer = await callAws('secretsmanager:DescribeSecret', region, () =>
        client.send(command).catch(undefinedOn(ResourceNotFoundException)),
      );
      const list = `aws secretsmanager list-secrets --region ${region} --query "SecretList[].ARN"`;
      if (!answer) return fails(`${arn} is not in ${region} of this account`, list);
      const restore = `aws secretsmanager restore-secret --region ${region} --secret-id ${arn}`;
      return answer.DeletedDate ? fails(`${arn} is marked for deletion`, restore) : holds(arn);
    });
    return Promise.all(asked);
  },
};

const ofApp = ({ api, worker, migrations, site }: AppConfig): readonly string[] =>
  [api, worker, migrations, site].flatMap((program) => (typeof program === 'object' ? Object.values(program.secrets) : []));

/** ECS takes an ARN with a key of the secret's JSON after it: `<ARN>:key::`. */
const withoutKey = (arn: string): string => arn.split(':').slice(0, 7).join(':');
