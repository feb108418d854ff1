import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { command, type Inline, type Locale, locales } from '../../kernel/text.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { cookieName, isSecure, type WebSessions } from './authenticate.ts';
import { httpMessages as t } from './messages.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends the form by itself; programs that look at links to preview them run no scripts and use nothing up. */
const script = "document.querySelector('form').requestSubmit();\n";

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 28rem; padding: 2rem; text-align: center; }
button { font: inherit; padding: 0.6rem 1.6rem; border: 0; border-radius: 6px; background: #0b4f5f; color: #fff; cursor: pointer; }
p { color: #555; }
@media (prefers-color-scheme: dark) { body { background: #1b1a19; color: #f3f2f1; } p { color: #c8c6c4; } }
`;

/** Where one-time links from chat lead: `/r/<secret>`. */
export function createEntrance(options: {
  sessions: WebSessions;
  publicUrl: string;
  translate: Translate;
}): Hono {
  const { sessions, publicUrl } = options;
  const app = new Hono();

  app.use('/r/*', async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
  });
  app.get('/r/start.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('/r/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css' }));

  app.get('/r/:secret', (c) => {
    const words = wordsFor(c, options.translate);
    const body = html`<form method="post"><button type="submit">${words(t('enter-go'))}</button></form>
      <p>${words(t('enter-note'))}</p>
      <script src="/r/start.js" defer></script>`;
    return c.html(page(words, body));
  });

  app.post('/r/:secret', bodyLimit({ maxSize: 1024 }), async (c) => {
    const { switch: isMeant } = await c.req.parseBody();
    if (isMeant !== 'yes' && (await isSomebodyElse(c, options))) {
      const words = wordsFor(c, options.translate);
      const body = html`<p>${words(t('enter-other'))}</p>
        <form method="post">
          <input type="hidden" name="switch" value="yes" />
          <button type="submit">${words(t('enter-switch'))}</button>
        </form>`;
      return c.html(page(words, body), 409);
    }
    const begun = await sessions.begin(c.req.param('secret'));
    if (!begun || !isOurs(begun.path)) {
      const words = wordsFor(c, options.translate);
      const body = html`<p>${words(t('enter-over'))}<br />${words(t('enter-again', { open: command('open') }))}</p>`;
      return c.html(page(words, body), 410);
    }
    setCookie(c, cookieName(publicUrl), begun.secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure: isSecure(publicUrl),
    });
    return c.redirect(begun.path, 303);
  });
  return app;
}

/** Whether the browser is signed in as another person than the link is for: links can be sent to others. */
async function isSomebodyElse(
  c: Context,
  { sessions, publicUrl }: { sessions: WebSessions; publicUrl: string },
): Promise<boolean> {
  const cookie = getCookie(c, cookieName(publicUrl));
  const present = cookie === undefined ? undefined : await sessions.find(cookie);
  if (!present) return false;
  const owner = await sessions.ownerOf(c.req.param('secret') ?? '');
  return owner !== undefined && owner.memberId !== present.memberId;
}

type WordsOf = ((text: Inline) => string) & { locale: Locale };

/** Nobody is known yet: the browser's language decides. */
function wordsFor(c: Context, translate: Translate): WordsOf {
  const asked = c.req.header('accept-language') ?? '';
  const locale: Locale = /^zh\b/i.test(asked.trim()) ? 'zh-CN' : locales[0];
  const reader = { locale, timeZone: 'UTC', translate, commandLine: (line: string) => `/crm ${line}` };
  return Object.assign((text: Inline) => plain(text, reader), { locale });
}

function page(words: WordsOf, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${words.locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${words(t('enter-title'))}</title>
    <link rel="stylesheet" href="/r/style.css" />
  </head>
  <body>
    <main>
      <h1>${words(t('enter-title'))}</h1>
      ${body}
    </main>
  </body>
</html>`;
}

/** Only pages of the tab and documents: whatever stands in a link, nobody is sent elsewhere. */
function isOurs(path: string): boolean {
  return (
    /^\/tab(\/[A-Za-z0-9/_-]*)?$/.test(path) ||
    /^\/documents\/[a-z-]+\.[a-z-]+(\/[A-Za-z-]+)?\?[A-Za-z0-9._~%&=+*-]*$/.test(path)
  );
}
