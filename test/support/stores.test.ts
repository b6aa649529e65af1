import { Template } from 'aws-cdk-lib/assertions';
import { addStore, createApp } from '../../lib/store-app';
import { storeConfig, templateOf } from './stores';

test('a template of a test, which another process may have made, is the one that a deployment makes', () => {
  const stack = addStore(createApp(), storeConfig('medium'));
  expect(templateOf('medium')).toEqual(Template.fromStack(stack).toJSON());
});
