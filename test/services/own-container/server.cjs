// Somebody's own API, in plain Node: it answers from PostgreSQL and finishes what is under way.
const http = require('node:http');
const { Pool } = require('pg');

const { PORT, DATABASE_HOST, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD } = process.env;
const [host, port] = DATABASE_HOST.split(':');
const pool = new Pool({ host, port, database: DATABASE_NAME, user: DATABASE_USER, password: DATABASE_PASSWORD });

const server = http.createServer((request, response) => {
  pool.query('select 1', (error) => {
    response.statusCode = error ? 503 : 200;
    setTimeout(
      () => {
        if (!server.listening) response.setHeader('Connection', 'close'); // or the client keeps it, and the server waits
        response.end();
      },
      request.url === '/slow' ? 1_000 : 0,
    );
  });
});
server.keepAliveTimeout = 30_000; // ms; longer than the load balancer's 25 s, which then closes first
server.listen(Number(PORT));
process.on('SIGTERM', () => server.close(() => void pool.end()));
