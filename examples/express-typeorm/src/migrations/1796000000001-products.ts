import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Products1796000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into products (name, price_cents, stock)
      values ('Teapot', 2900, 1000000), ('Cup', 900, 1000000), ('Tray', 1900, 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from products');
  }
}
