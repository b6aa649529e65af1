INSERT INTO "products" ("name", "price_cents", "stock") VALUES
	('Teapot', 2900, 1000000),
	('Cup', 900, 1000000),
	('Tray', 1900, 0);
