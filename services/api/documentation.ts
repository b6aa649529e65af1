import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { swaggerUiFiles } from '../contract';
import { openApiDocument } from './open-api';
import type { RequestVariables } from './request-log';
import type { Route } from './route';

const documentPath = '/api/v1/openapi.json';
const pagePath = '/api/docs';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Store API</title>
<link rel="stylesheet" href="${pagePath}/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="${pagePath}/swagger-ui-bundle.js"></script>
<script src="${pagePath}/start.js"></script>
</body>
</html>
`;
const startScript = `SwaggerUIBundle({ url: '${documentPath}', dom_id: '#api', deepLinking: true });\n`;

/** Nothing but the API's own files; Swagger UI sets styles and pictures by itself. */
const contentSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
const kept = { 'cache-control': 'public, max-age=300' };

/** The OpenAPI document of the table of routes, and a page to read it and to try it. */
export function serveDocumentation(
  app: Hono<{ Variables: RequestVariables }>,
  routes: readonly Route[],
  swaggerUiFolder: string,
): void {
  let document: string | undefined; // made when it is first asked for: no start waits for it
  app.get(documentPath, (context) => {
    document ??= JSON.stringify(openApiDocument(routes));
    return context.body(document, 200, { 'content-type': 'application/json', ...kept });
  });
  app.get(pagePath, (context) => context.html(page, 200, { 'content-security-policy': contentSecurityPolicy, ...kept }));
  app.get(`${pagePath}/`, (context) => context.redirect(pagePath, 308));
  app.get(`${pagePath}/start.js`, (context) => context.body(startScript, 200, { 'content-type': 'text/javascript', ...kept }));
  for (const file of swaggerUiFiles) {
    const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
    app.get(`${pagePath}/${file}`, async (context) => {
      const content = await readFile(join(swaggerUiFolder, file));
      return context.body(content, 200, { 'content-type': type, ...kept });
    });
  }
}
