import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTab } from '../../../src/platforms/http/tab.ts';

describe('the tab', () => {
  const wwwDir = mkdtempSync(join(tmpdir(), 'parley-tab-'));
  const app = createTab({ wwwDir });
  beforeAll(() => {
    mkdirSync(join(wwwDir, 'tab/assets'), { recursive: true });
    writeFileSync(join(wwwDir, 'tab/index.html'), '<!doctype html>the page');
    writeFileSync(join(wwwDir, 'tab/assets/index-abc.js'), 'export {};');
    writeFileSync(join(wwwDir, 'tab/secret.txt'), 'secret');
    writeFileSync(join(wwwDir, 'outside.js'), 'outside');
  });
  afterAll(() => rmSync(wwwDir, { recursive: true, force: true }));

  test.each(['/tab/', '/tab/pipeline', '/tab/deals/D-142', '/tab/nowhere/at/all'])(
    '%s is the page',
    async (path) => {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('the page');
    },
  );

  test('its root without a slash leads to the page, the query kept', async () => {
    const response = await app.request('/tab?x=1');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/tab/?x=1');
  });

  test('may be framed by Teams and our own pages only, and runs no script that is not a file of ours', async () => {
    const policy = (await app.request('/tab/')).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe("'self'");
    expect(directives.get('style-src')).toBe("'self'");
    expect(directives.get('connect-src')).toBe("'self'");
    expect(directives.get('frame-ancestors')).toBe(
      "'self' https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft",
    );
    expect(policy).not.toContain('unsafe');
  });

  test('keeps assets for good, for their names change with them', async () => {
    const response = await app.request('/tab/assets/index-abc.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await app.request('/tab/assets/index-old.js')).status).toBe(404);
  });

  test.each([
    '/tab/assets/..%2Fsecret.txt',
    '/tab/assets/..%2F..%2Foutside.js',
    '/tab/assets/%2Fetc%2Fpasswd',
  ])('%s gives nothing away', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
  });

  test('says how to build it where it is not built', async () => {
    const response = await createTab({ wwwDir: join(wwwDir, 'none') }).request('/tab/');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm run build');
  });
});
