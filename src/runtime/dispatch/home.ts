import { command } from '../../kernel/text.ts';
import type { Block } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import { readingContext } from '../execute.ts';
import { engineMessages as t } from '../messages.ts';
import type { Session } from '../session.ts';

/** The home screen: the sections of all features, in their order; empty ones vanish. */
export async function home(session: Session): Promise<Outcome> {
  const ctx = readingContext(session);
  const blocks: Block[] = [];
  for (const section of session.engine.registry.home()) {
    const own = await section.blocks(ctx);
    if (own.length === 0) continue;
    if (blocks.length > 0) blocks.push({ t: 'divider' });
    blocks.push({ t: 'heading', of: section.title }, ...own);
  }
  if (blocks.length === 0) {
    blocks.push({ t: 'text', of: t('home-empty', { line: command('new-lead'), help: command('help') }) });
  }
  return { kind: 'card', card: { tone: 'plain', title: t('home-title'), blocks } };
}
