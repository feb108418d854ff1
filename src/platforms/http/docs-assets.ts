import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Hono } from 'hono';

const served: Record<string, string> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

/** Scripts and styles of the REST documentation page, from the installed package: no outside requests. */
export function docsAssets(): Hono {
  const app = new Hono();
  const home = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/docs/assets/:name', async (c) => {
    const name = c.req.param('name');
    const type = served[name];
    if (!type) return c.notFound();
    return c.body(await readFile(join(home, name)), 200, {
      'content-type': type,
      'cache-control': 'public, max-age=86400',
    });
  });
  return app;
}
