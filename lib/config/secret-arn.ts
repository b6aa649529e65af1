import { text } from './schemas';

export const secretArn = text(
  'the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed',
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf',
  /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
  { hidden: true },
);
