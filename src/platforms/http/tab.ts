import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type Context, Hono } from 'hono';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** No inline scripts, nothing from elsewhere; only Teams and our own pages may frame it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self' https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft",
].join('; ');

/** The web tab at `/tab`: every path below it is a page of the same document. `wwwDir` holds the built pages. */
export function createTab({ wwwDir }: { wwwDir: string }): Hono {
  const root = join(wwwDir, 'tab');
  const app = new Hono();
  // Paths in the page are below `/tab/`.
  app.get('/tab', (c) => c.redirect(`/tab/${new URL(c.req.url).search}`));
  app.get('/tab/assets/:file', (c) => send(c, root, join('assets', c.req.param('file'))));
  app.get('/tab/*', (c) => send(c, root, 'index.html'));
  return app;
}

async function send(c: Context, root: string, name: string): Promise<Response> {
  const path = normalize(join(root, name));
  const type = types[extname(path)];
  if (!path.startsWith(root + sep) || !type) return c.notFound();
  const content = await readFile(path).catch(() => undefined);
  if (!content) {
    return name === 'index.html' ? c.text('The tab is not built yet: npm run build', 404) : c.notFound();
  }
  return c.body(new Uint8Array(content), 200, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Assets carry a hash of their content in their name.
    'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
  });
}
