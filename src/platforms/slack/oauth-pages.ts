import type { Context } from 'hono';
import { html } from 'hono/html';
import { command, type Inline, type Locale } from '../../kernel/text.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { slackMessages as t } from './messages.ts';
import { unknownReader } from './words.ts';

/** What somebody who installs the app gets to read. */
export type InstallPage =
  | { kind: 'installed'; workspace: string }
  /** Begun with a code: names the organization before anything is connected to it. */
  | { kind: 'confirm'; organization: string; code: string }
  | { kind: 'denied' | 'begin-again' | 'code-over' | 'slack-away' | 'enterprise' | 'failed' };

const statuses = {
  installed: 200,
  confirm: 200,
  denied: 200,
  'begin-again': 400,
  'code-over': 410,
  'slack-away': 502,
  enterprise: 400,
  failed: 500,
} as const satisfies Record<InstallPage['kind'], number>;

export const installStyle = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 30rem; padding: 2rem; text-align: center; }
.go { font: inherit; display: inline-block; padding: 0.6rem 1.6rem; border: 0; border-radius: 6px; background: #0b4f5f; color: #fff; text-decoration: none; cursor: pointer; }
.more { color: #555; }
@media (prefers-color-scheme: dark) { body { background: #1b1a19; color: #f3f2f1; } .more { color: #c8c6c4; } }
`;

/** `slackOrigin`: browsers hold the way a form leads on to against the policy as well. */
export function installPages(translate: Translate, slackOrigin: string) {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self' ${slackOrigin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  // `code`: what it was begun with. Begun again without it, the workspace would get an organization of its own.
  return (c: Context, page: InstallPage, code?: string): Response | Promise<Response> => {
    c.header('content-security-policy', policy);
    // Not `no-referrer`: browsers then hide the origin of the form, by which we know it for ours.
    c.header('referrer-policy', 'same-origin');
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
    c.header('vary', 'accept-language');
    const locale = localeOf(c.req.header('accept-language'));
    const words = (text: Inline) => plain(text, { ...unknownReader(translate), locale });
    return c.html(document(page, words, locale, code), statuses[page.kind]);
  };
}

type Words = (text: Inline) => string;

function document(page: InstallPage, words: Words, locale: Locale, code: string | undefined) {
  const { said, next } = sayings(page);
  return html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${words(t('install-title'))}</title>
    <link rel="stylesheet" href="/slack/install.css" />
  </head>
  <body>
    <main>
      <h1>${words(t('install-title'))}</h1>
      <p>${words(said)}</p>
      <p class="more">${words(next)}</p>
      ${actionOf(page, words, code)}
    </main>
  </body>
</html>`;
}

function sayings(page: InstallPage): { said: Inline; next: Inline } {
  switch (page.kind) {
    case 'installed':
      return {
        said: t('install-installed', { workspace: page.workspace }),
        next: t('install-installed-next', { help: command('help') }),
      };
    case 'confirm':
      return {
        said: t('install-confirm', { organization: page.organization }),
        next: t('install-confirm-warn'),
      };
    case 'code-over':
      return { said: t('install-code-over'), next: t('install-code-over-next', { link: command('link') }) };
    default:
      return { said: t(`install-${page.kind}`), next: t(`install-${page.kind}-next`) };
  }
}

function actionOf(page: InstallPage, words: Words, code: string | undefined) {
  switch (page.kind) {
    case 'installed':
    case 'code-over':
      return '';
    case 'confirm':
      return html`<form method="post" action="/slack/install">
        <input type="hidden" name="code" value="${page.code}" />
        <button class="go" type="submit">${words(t('install-go'))}</button>
      </form>`;
    default: {
      const query = code === undefined ? '' : `?${new URLSearchParams({ code })}`;
      return html`<p><a class="go" href="/slack/install${query}">${words(t('install-again'))}</a></p>`;
    }
  }
}

/** Nobody is known yet: the first language of the browser that we have. */
function localeOf(header = ''): Locale {
  const wanted = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((language) => language === 'zh' || language === 'en') === 'zh' ? 'zh-CN' : 'en';
}
