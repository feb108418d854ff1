import type { Inline, Locale } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import type { Card } from '../../../view/card.ts';
import { t } from './messages.ts';

/** What to print: a read action that has a document, with input by visible ids. */
export interface DocumentWanted {
  action: string;
  input: Record<string, string | number>;
  /** Default: the language of whoever opens it. */
  locale?: Locale | undefined;
}

/** The address of a document: it signs the actor in, once, within five minutes, and shows the file. */
export async function issueDocumentLink(
  ctx: Ctx,
  { action, input, locale }: DocumentWanted,
): Promise<string> {
  const { memberId } = memberOf(ctx);
  const query = new URLSearchParams(Object.entries(input).map(([field, value]) => [field, String(value)]));
  const path = `/documents/${action}${locale ? `/${locale}` : ''}?${query}`;
  return ctx.urlOf(await ctx.codes.issueOpen(ctx.tx, { orgId: ctx.org.id, memberId, path }));
}

/** The way to a document. The address is a key: whoever opens it first is the person. */
export function documentLinkCard(title: Inline, url: string): Card {
  return {
    tone: 'info',
    title,
    blocks: [
      { t: 'text', of: t('open-once') },
      { t: 'buttons', buttons: [{ label: t('document-button'), url }] },
      { t: 'context', of: t('document-secret') },
    ],
  };
}
