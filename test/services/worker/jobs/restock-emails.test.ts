import { type SesStandIn, startSes } from '../../../../bin/local/parts/ses';
import { hashOfToken } from '../../../../services/accounts/token';
import { restockEmailMessage } from '../../../../services/worker/jobs/email';
import { setUp } from '../../../support/set-up';
import { type Store, startStore } from '../store';
import { apiUrl, emailWorker, requestIdOfTests, siteUrl } from './email-worker';
import { notificationsWorker, restock, wish } from './notifications-worker';

let store: Store;
let ses: SesStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  ses = await started.use(startSes());
});

const sentTo = (address: string) => ses.taken.filter(({ Destination }) => Destination.ToAddresses.includes(address));

/** Somebody who asked for e-mails, and whose wish is in stock again. */
async function told() {
  const { writer } = store.database;
  const user = await store.user();
  const productId = await store.product(0);
  await writer.query('update users set restock_emails = true where id = $1', [user.id]);
  await wish(store, user.id, productId);
  await restock(store, productId);
  await notificationsWorker(store).drain();
  const { rows } = await writer.query<{ id: string }>('select id from notifications where user_id = $1', [user.id]);
  const id = rows[0]?.id ?? '';
  const { handle, lines } = emailWorker(store, ses);
  const change = (sql: string) => writer.query(sql, [sql.includes('users') ? user.id : productId]);
  return { user, id, lines, change, send: () => handle(restockEmailMessage(id)) };
}

describe('an e-mail that a product is back in stock', () => {
  it('is sent once, links to the product, and says to people and to mail programs how to stop it', async () => {
    const { user, id, send } = await told();
    await Promise.all([send(), send()]);
    const [email, ...more] = sentTo(user.email);
    expect(more).toEqual([]);
    const { Body, Headers } = email?.Content.Simple ?? {};
    const [, token = ''] = /account\/stop-emails#token=([\w-]{43})\n/.exec(Body?.Text.Data ?? '') ?? [];
    expect(Body?.Text.Data).toMatch(new RegExp(`Shoe <left>, which is on your wish list[^]*\n${siteUrl}/products/[\\w-]+\n`));
    expect(Headers).toEqual([
      { Name: 'List-Unsubscribe', Value: `<${apiUrl}/api/v1/email-stops/${token}>` },
      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      { Name: 'X-Request-Id', Value: requestIdOfTests },
    ]);
    const { rows } = await store.database.writer.query('select stop_hash from notifications where id = $1', [id]);
    expect(rows).toEqual([{ stop_hash: hashOfToken(token) }]);
  });

  it.each([
    ['the user wants none', 'update users set restock_emails = false where id = $1'],
    ['the user wishes for it no more', 'delete from wishes where product_id = $1'],
    ['it is sold out again', 'update products set stock = 0 where id = $1'],
    ['it is sold out again', 'update products set is_available = false where id = $1'],
    ['its notification is gone', 'update users set erased_at = now() where id = $1'],
  ])('is for nobody where meanwhile %s', async (reason, sql) => {
    const { user, change, send, lines } = await told();
    await change(sql);
    await send();
    expect(sentTo(user.email)).toEqual([]);
    expect(lines()).toMatchObject([{ message: 'An e-mail is for nobody', reason }]);
  });

  it('and no other has headers for mail programs; each has the id of its request', async () => {
    const order = await store.order();
    await emailWorker(store, ses).handle({ id: `order-shipped:${order.id}`, type: 'order-shipped', orderId: order.id });
    expect(sentTo(order.email).map(({ Content }) => Content.Simple.Headers)).toEqual([
      [{ Name: 'X-Request-Id', Value: requestIdOfTests }],
    ]);
  });
});
