import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { imageAt, ServiceImage } from '../../lib/constructs/service-image';
import { createApp } from '../../lib/store-app';
import { allowed, only, template, theirStack } from './parts';

function taskOf(image: (stack: Stack) => ecs.ContainerImage) {
  const stack = theirStack();
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  task.addContainer('main', { image: image(stack) });
  const from = template(stack);
  return {
    image: JSON.stringify(only(from, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions[0].Image),
    rights: allowed(from, 'TaskExecutionRole').map(({ action, resource }) => `${action} ${resource}`),
  };
}

test.each([
  ['public.ecr.aws/docker/library/nginx:1.29'],
  ['ghcr.io/acme/api@sha256:0000000000000000000000000000000000000000000000000000000000000000'],
  ['registry.example.com:5000/api:1.0.0'],
])('%s is pulled without rights at AWS', (uri) => {
  const { image, rights } = taskOf((stack) => imageAt(stack, 'Image', uri));
  expect(image).toBe(JSON.stringify(uri));
  expect(rights).toEqual([]);
});

const digest = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';

test.each([
  ['a tag', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.4.2', ':1.4.2'],
  ['a digest', `111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/api@${digest}`, `@${digest}`],
])('tasks may pull a private ECR image by %s from its own account and region, and from that repository alone', (_, uri, end) => {
  const { image, rights } = taskOf((stack) => imageAt(stack, 'Image', uri));
  expect(image).toContain('111122223333.dkr.ecr.eu-west-1.');
  expect(image).toContain(`/team/api${end}`);
  expect(rights.filter((right) => !right.endsWith('"*"'))).toEqual(
    ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map(
      (action) => `${action} "arn:aws:ecr:eu-west-1:111122223333:repository/team/api"`,
    ),
  );
});

/** Docker images that a deployment of a task with the services' image would build, and the files they are built from. */
function dockerAssets(imageUri?: string) {
  const app = createApp();
  const stack = new Stack(app, 'Theirs', { env: { region: 'us-east-1' } });
  const { image } = new ServiceImage(stack, 'Image', { imageUri });
  new ecs.FargateTaskDefinition(stack, 'Task').addContainer('main', { image });
  const { directory } = app.synth();
  const assets = JSON.parse(readFileSync(join(directory, 'Theirs.assets.json'), 'utf8')) as Assets;
  return Object.values(assets.dockerImages).map(({ source }) => ({
    platform: source.platform,
    files: readdirSync(join(directory, source.directory)),
  }));
}

interface Assets {
  readonly dockerImages: Readonly<Record<string, { readonly source: { readonly directory: string; readonly platform: string } }>>;
}

test('the services’ own image is one for ARM64, made of a Dockerfile and what it copies', () => {
  const [asset, ...others] = dockerAssets();
  expect(others).toEqual([]);
  expect(asset?.platform).toBe('linux/arm64');
  expect(asset?.files).toEqual(expect.arrayContaining(['Dockerfile', 'api.js', 'worker.js', 'migrations.js']));
});

test('where an image was built elsewhere, none is built', () => {
  expect(dockerAssets('public.ecr.aws/acme/store:1.0.0')).toEqual([]);
});
