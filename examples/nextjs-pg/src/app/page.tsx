import { database } from '../database';

export const dynamic = 'force-dynamic'; // rendered at each request: the build has no database

export default async function Products() {
  const products = await database().product.findMany({ orderBy: { id: 'asc' } });
  return (
    <main>
      <h1>Products</h1>
      <ul>
        {products.map(({ id, name, priceCents, stock }) => (
          <li key={id}>
            {name}, {(priceCents / 100).toFixed(2)} {stock === 0 && '(sold out)'}
          </li>
        ))}
      </ul>
    </main>
  );
}
