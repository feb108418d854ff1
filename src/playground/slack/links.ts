import type { Workspace } from './workspace.ts';

export interface PostedLink {
  domain: string;
  url: string;
}

/** Links in a message that belong to the app, in their order. */
export function linksOfApp(text: string, { unfurlDomains = [] }: Workspace): PostedLink[] {
  return urlsIn(text).flatMap((url) => {
    const { hostname } = new URL(url);
    const isOurs = unfurlDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
    return isOurs ? [{ domain: hostname, url }] : [];
  });
}

/** Every address in a message, each once; a full stop after it belongs to the sentence. */
export function urlsIn(text: string): string[] {
  const found = [...text.matchAll(/https?:\/\/[^\s<>|]+/g)].map(([url]) =>
    url.replace(/[.,;:!?)]+$/, '').replaceAll('&amp;', '&'),
  );
  return [...new Set(found)].filter((url) => URL.canParse(url));
}
