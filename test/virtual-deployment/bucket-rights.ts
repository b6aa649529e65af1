import { customerFilesPrefix, entryPoints, environment, importPrefix, picturePrefixes } from '../../services/contract';
import type { Program } from './containers';
import type { Deployment } from './deploy';

export const keysOf = ({ resources, attributeOf }: Deployment): readonly string[] =>
  [...resources.values()].flatMap(({ id, Type }) => (Type === 'AWS::KMS::Key' ? [attributeOf(id, 'Arn')] : []));

/** Each below its own prefix of one bucket: the migrations' program files of imports, the others customers'. */
function filesIn({ variables, entryPoint }: Program): readonly string[] {
  const bucket = variables[environment.filesBucket];
  const prefix = entryPoint === entryPoints.migrations ? importPrefix : customerFilesPrefix;
  return bucket === undefined ? [] : [`arn:aws:s3:::${bucket}/${prefix}any`];
}

/** Of a program that has a bucket; the buckets are encrypted by the store's key. */
function keysOfFiles({ variables }: Program, deployment: Deployment): readonly string[] {
  return variables[environment.filesBucket] === undefined ? [] : keysOf(deployment);
}

const isWorker = ({ entryPoint }: Program): boolean => entryPoint === entryPoints.worker;

function mediaIn({ variables }: Program, key: string): readonly string[] {
  const bucket = variables[environment.mediaBucket];
  return bucket === undefined ? [] : [`arn:aws:s3:::${bucket}/${key}`];
}

/** What a call to S3 is made on, by the right that it needs. */
export const bucketRights: Readonly<Record<string, (program: Program, deployment: Deployment) => readonly string[]>> = {
  's3:GetObject': (program) => [
    ...(isWorker(program) ? [] : filesIn(program)),
    ...mediaIn(program, `${picturePrefixes.originals}any`),
  ],
  's3:PutObject': (program) =>
    isWorker(program)
      ? mediaIn(program, `${picturePrefixes.served}any`)
      : [...filesIn(program), ...mediaIn(program, `${picturePrefixes.originals}any`)],
  's3:DeleteObject': (program) => [
    ...filesIn(program),
    ...mediaIn(program, `${picturePrefixes.originals}any`),
    ...mediaIn(program, `${picturePrefixes.served}any`),
  ],
  's3:ListBucket': ({ variables }) =>
    [environment.filesBucket, environment.mediaBucket].map((name) => `arn:aws:s3:::${variables[name]}`),
  'kms:Decrypt': keysOfFiles,
  'kms:GenerateDataKey': keysOfFiles,
};
