import { viewerAddressHeader } from '../../services/contract';

/** Overwrites whatever the client wrote into the header, so that WAF, rate limits and logs can key on it. */
export const viewerAddressCode = `
function handler(event) {
  event.request.headers['${viewerAddressHeader}'] = { value: event.viewer.ip };
  return event.request;
}
`.trim();

/** The site is static files: a path without a file's ending asks for the page of that folder. */
export const siteRequestCode = `
function handler(event) {
  var request = event.request;
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  else if (!request.uri.split('/').pop().includes('.')) request.uri += '/index.html';
  return request;
}
`.trim();
