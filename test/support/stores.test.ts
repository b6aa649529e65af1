import { synthesize } from '../../lib/store-app';
import { storeConfig, templateOf } from './stores';

test('a template that another process may have made is the one that a deployment makes from here', () => {
  expect(templateOf('medium')).toEqual(synthesize(storeConfig('medium')));
});
