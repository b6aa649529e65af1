import { Column, CreateDateColumn, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('products')
export class Product {
  @PrimaryGeneratedColumn('identity', { type: 'integer' })
  id: number;

  @Column('text')
  name: string;

  @Column('integer', { name: 'price_cents' })
  priceCents: number;

  @Column('integer')
  stock: number;
}

@Entity('orders')
export class Order {
  /** Made by the API, so that no extension of PostgreSQL is needed for it. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('integer', { name: 'product_id' })
  productId: number;

  @Column('integer')
  quantity: number;

  @Column('text', { default: 'placed' })
  state: 'placed' | 'confirmed';

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
