import { join } from 'node:path';
import { databaseName } from '../../services/contract';
import { buckets, type LocalPlaces } from './environment';
import { dropProduct, seededUsers } from './seed';

/** What a person can do now; `folder` is where data and logs are. */
export function readyText(places: LocalPlaces, folder: string): string {
  return [
    ...addresses(places, folder),
    '',
    ...commands(places, folder),
    '',
    'An e-mail then tells of it. Rate limits hold for requests with a header `x-viewer-address: 192.0.2.1`, which the CDN would send.',
    'Ctrl-C stops everything; press it again to stop at once.',
    '',
  ].join('\n');
}

const apiUrl = ({ apiPort }: LocalPlaces): string => `http://127.0.0.1:${apiPort}`;
const databaseUrl = (port: number): string => `postgres://postgres@127.0.0.1:${port}/${databaseName}`;

function addresses(places: LocalPlaces, folder: string): readonly string[] {
  const { databasePort, replicaPort, cachePort, awsEndpoint, stripeUrl, sesUrl = 'none' } = places;
  const rows = [
    ['API', `${apiUrl(places)}   documentation: ${apiUrl(places)}/api/docs`],
    ['Database', databaseUrl(databasePort)],
    ['Replica', databaseUrl(replicaPort)],
    ['Cache', cachePort === undefined ? 'none' : `redis://127.0.0.1:${cachePort}`],
    ['SQS and S3', awsEndpoint],
    ['Pictures', `${awsEndpoint}/${buckets.media}   and then the path of one`],
    ['Stripe', `${stripeUrl}   a stand-in`],
    ['E-mails', `${sesUrl}   read what was sent`],
    ['Logs', join(folder, 'logs')],
  ] as const;
  return rows.map(([name, address]) => `  ${name.padEnd(12)}${address}`);
}

/** From the list of products to the news of a paid order, in the order in which a customer comes by. */
function commands(places: LocalPlaces, folder: string): readonly string[] {
  const api = `${apiUrl(places)}/api/v1`;
  const { email, password } = seededUsers.customer;
  const asCustomer = `curl -b ${join(folder, 'cookies')}`;
  const json = "-H 'content-type: application/json' -d";
  const steps = [
    ['List', `curl '${api}/products?limit=3'`],
    ['Log in', `curl -c ${join(folder, 'cookies')} ${json} '${JSON.stringify({ email, password })}' ${api}/auth/session`],
    ['Reserve', `${asCustomer} -X PUT ${json} '{"quantity":1}' ${api}/cart/items/${dropProduct.id}`],
    [
      'Check out',
      `${asCustomer} -X POST -H "idempotency-key: $(node -p 'crypto.randomUUID()')" ${json} '{"expectedTotalMinor":9900}' ${api}/orders`,
    ],
    ['Pay', `curl -X POST ${places.stripeUrl}/v1/payment_intents/<clientSecret of the order>/confirm`],
    ['Be told', `${asCustomer} ${api}/notifications`],
  ] as const;
  return steps.map(([name, command]) => `  ${name.padEnd(12)}${command}`);
}
