// Breaks one point of the contract, which its argument names.
const http = require('node:http');
const { Client } = require('pg');

const [, , fault] = process.argv;
const { PORT, DATABASE_HOST, DATABASE_NAME, DATABASE_USER } = process.env;
const [host, port] = DATABASE_HOST.split(':');
if (fault !== 'no database') void new Client({ host, port, database: DATABASE_NAME, user: DATABASE_USER }).connect();

const server = http.createServer((request, response) => {
  response.statusCode = fault === 'health' ? 500 : 200;
  const end = () => {
    if (!server.listening) response.setHeader('Connection', 'close');
    response.end();
  };
  if (request.url === '/slow') setTimeout(end, 1_000);
  else end();
});
server.keepAliveTimeout = fault === 'keep-alive' ? 5_000 : 30_000; // ms

if (fault === 'start') process.exit(3);
if (fault === 'another port') server.listen(0);
else server.listen(Number(PORT), fault === 'loopback' ? '127.0.0.1' : '0.0.0.0');
process.on('SIGTERM', () => {
  if (fault === 'stop') return;
  if (fault === 'under way') process.exit(0);
  server.close(() => process.exit(0));
});
