import { runInNewContext } from 'node:vm';
import { siteRequestCode, viewerAddressCode } from '../../lib/constructs/cdn-functions';

interface ViewerRequest {
  readonly uri: string;
  readonly headers: Record<string, { value: string }>;
}

/** Runs the code as CloudFront would: a global `handler` that gets the event and returns the request. */
function handle(code: string, request: ViewerRequest): ViewerRequest {
  const handler = runInNewContext(`${code}; handler`) as (event: unknown) => ViewerRequest;
  return handler({ request, viewer: { ip: '198.51.100.7' } });
}

test.each([
  ['/', '/index.html'],
  ['/admin/', '/admin/index.html'],
  ['/products/lamp', '/products/lamp/index.html'],
  ['/assets/app.3f2a.js', '/assets/app.3f2a.js'],
  ['/v1.2/docs', '/v1.2/docs/index.html'],
])('the site answers %s with the file %s', (uri, file) => {
  expect(handle(siteRequestCode, { uri, headers: {} }).uri).toBe(file);
});

test('the viewer’s address replaces what the client wrote into the header', () => {
  const { headers } = handle(viewerAddressCode, { uri: '/api/x', headers: { 'x-viewer-address': { value: '203.0.113.1' } } });
  expect(headers).toEqual({ 'x-viewer-address': { value: '198.51.100.7' } });
});

test('the viewer’s address is set where the client wrote none, and other headers stay', () => {
  const { headers } = handle(viewerAddressCode, { uri: '/api/x', headers: { accept: { value: '*/*' } } });
  expect(headers).toEqual({ accept: { value: '*/*' }, 'x-viewer-address': { value: '198.51.100.7' } });
});

test.each([siteRequestCode, viewerAddressCode])('the code is within the 10 KB of a CloudFront Function', (code) => {
  expect(Buffer.byteLength(code)).toBeLessThan(10_240);
});
