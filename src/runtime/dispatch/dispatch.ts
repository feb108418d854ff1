import { AppError } from '../../kernel/errors.ts';
import { locales } from '../../kernel/text.ts';
import type { Card } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import type { Engine } from '../engine.ts';
import { interactiveDeadlineMs } from '../execute.ts';
import { lineFor } from '../grammar/print.ts';
import { legible } from '../grammar/tokens.ts';
import type { ChannelFacts, Dispatch, Interaction, Visitor, WebMember } from '../interaction.ts';
import { engineMessages as t } from '../messages.ts';
import type { AllWords } from '../ports.ts';
import { ChannelFactsWanted, inSession, type Session, type Who } from '../session.ts';
import { TooMany, takeTurnOf } from '../take-turn.ts';
import type { AudienceWatch } from './audience.ts';
import { errorCard } from './error-card.ts';
import { home } from './home.ts';
import { runLine } from './line.ts';
import { typeAhead } from './lookup.ts';
import { runPress } from './press.ts';
import { hasLargePress, seal, withoutLargePresses } from './seal.ts';
import { runSubmit } from './submit.ts';

/**
 * Turns what a person did on a chat platform or our own pages into what they see. Never throws: an unexpected error becomes a
 * card with the request id, and only the log knows more.
 */
export function createDispatch(
  engine: Engine,
  translate: Translate,
  words: AllWords,
  audience: AudienceWatch,
): Dispatch {
  return async (person, interaction, requestId, delivery) => {
    const { commandLine } = words[person.platform];
    let reader: Reader = { locale: 'en', timeZone: 'UTC', translate, commandLine };
    const who: Who =
      person.platform === 'web' ? { kind: 'member', ...person } : { kind: 'visitor', visitor: person };
    const channelFacts = new Map<string, ChannelFacts>();
    const within = <T>(work: (session: Session) => Promise<T>, taken?: string) =>
      inSession(
        engine,
        who,
        (session) => {
          const { locale, timeZone } = session.read;
          reader = {
            locale,
            timeZone,
            translate,
            commandLine: (line) => commandLine(legible(lineFor(line, { locale }, engine.registry))),
          };
          return work(session);
        },
        { deadlineMs: interactiveDeadlineMs, delivery: taken, place: interaction.place, channelFacts },
      );
    const withFacts = <T>(work: () => Promise<T>) => askingForFacts(engine, person, channelFacts, work);
    let outcome: Outcome;
    try {
      await takeTurnOf(engine, person);
      outcome = await withFacts(() => within((session) => interact(session, interaction), delivery));
    } catch (error) {
      if (!(error instanceof AppError)) {
        engine.log.error({ requestId, err: error, interaction: interaction.kind }, 'interaction failed');
      }
      const card = error instanceof TooMany ? tooManyCard(error, reader) : errorCard(error, requestId);
      outcome = { kind: 'card', card, refused: true };
    }
    if (person.platform !== 'web') {
      await audience
        .notice(person, interaction.place, channelFacts)
        .catch((error) => engine.log.error({ requestId, err: error }, 'audience of a channel not noted'));
    }
    try {
      if (hasLargePress(outcome)) outcome = await within((session) => seal(session, outcome));
    } catch (error) {
      engine.log.error({ requestId, err: error }, 'buttons could not be stored');
      outcome = unsealed(outcome) ?? { kind: 'card', card: errorCard(error, requestId), refused: true };
    }
    return { outcome, reader };
  };
}

/** What a card tells has happened by now, whatever becomes of its buttons. Nothing for a form: it needs its press. */
function unsealed(outcome: Outcome): Outcome | undefined {
  if (outcome.kind !== 'card' && outcome.kind !== 'later') return undefined;
  const card = withoutLargePresses(outcome.card);
  return { ...outcome, card: { ...card, blocks: [...card.blocks, { t: 'context', of: t('no-buttons') }] } };
}

/** In every language: who asks is not read where it is too much. */
function tooManyCard({ text }: TooMany, reader: Reader): Card {
  const others = locales.filter((locale) => locale !== reader.locale);
  return {
    tone: 'warn',
    title: text,
    blocks: others.map((locale) => ({ t: 'text', of: plain(text, { ...reader, locale }) })),
  };
}

const factsWaitMs = 1000;
const mostChannels = 3;

/** Runs work again with what the platform tells of the channels it turns out to depend on. */
async function askingForFacts<T>(
  engine: Engine,
  person: Visitor | WebMember,
  facts: Map<string, ChannelFacts>,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChannelFactsWanted) || person.platform === 'web') throw error;
      if (facts.size >= mostChannels || facts.has(error.channelId)) throw error;
      facts.set(error.channelId, await factsOf(engine, person, error.channelId));
    }
  }
}

/** What is not told in time is not known. */
async function factsOf(engine: Engine, visitor: Visitor, channelId: string): Promise<ChannelFacts> {
  const asked = engine.channelFacts(visitor, channelId).catch((error: unknown): ChannelFacts => {
    engine.log.warn({ err: error }, 'channel not looked up');
    return {};
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ChannelFacts>((resolve) => {
    timer = setTimeout(() => resolve({}), factsWaitMs);
  });
  const facts = await Promise.race([asked, late]);
  clearTimeout(timer);
  return facts;
}

function interact(session: Session, interaction: Interaction): Promise<Outcome> {
  switch (interaction.kind) {
    case 'command':
      return runLine(session, interaction.line);
    case 'press':
      return runPress(session, interaction.press);
    case 'submit':
      return runSubmit(session, interaction.press, interaction.values);
    case 'lookup':
      return typeAhead(session, interaction.lookups, interaction.query);
    case 'home':
      return home(session);
    default:
      return interaction satisfies never;
  }
}
