import { AppError } from '../../kernel/errors.ts';
import { command, type Inline } from '../../kernel/text.ts';
import type { Card } from '../../view/card.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { lineOf } from './handle-message.ts';
import { teamsMessages as t } from './messages.ts';
import { withoutThread } from './origin.ts';
import { readProfile } from './profile.ts';
import { showNotice } from './show.ts';

const linkLine = /^(?:link|绑定)\s+(\S.*)$/iu;

/** A message from a tenant that is not connected: a code connects it, anything else is told how to get one. */
export async function handleUnconnected(around: Surroundings, delivery: Delivery): Promise<void> {
  const code = linkLine.exec(await lineOf(around, delivery))?.[1];
  if (code === undefined)
    return showNotice(
      around,
      delivery,
      notice('info', t('not-connected', { line: command('link ABCDE-FGHJK') })),
    );
  try {
    await connect(around, delivery, code);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return showNotice(around, delivery, notice('warn', error.text));
  }
  return showNotice(around, delivery, connectedCard());
}

async function connect(
  { connector, connect: tie }: Surroundings,
  { at, activity, visitor }: Delivery,
  code: string,
): Promise<void> {
  const conversation = { ...at, conversationId: withoutThread(at.conversationId) };
  const member = await connector.member(conversation, activity.from.id);
  const { locale, localTimezone } = activity;
  const profile = readProfile(member, visitor.installation, {
    ...(locale ? { locale } : {}),
    ...(localTimezone ? { timeZone: localTimezone } : {}),
  });
  if (profile.isOutsider) throw new AppError('forbidden', t('outsider'));
  // Teams does not tell a bot what the company is called; its mail domain is what people recognise.
  const domain = member.userPrincipalName?.split('@')[1];
  await tie(code.trim(), visitor, profile, domain || visitor.installation);
}

function notice(tone: Card['tone'], of: Inline): Card {
  return { tone, blocks: [{ t: 'text', of }] };
}

function connectedCard(): Card {
  return {
    tone: 'ok',
    title: t('connected'),
    blocks: [
      { t: 'text', of: t('connected-next', { help: command('help') }) },
      {
        t: 'buttons',
        buttons: [{ label: t('show-help'), press: { a: 'line', i: { line: 'help' } }, style: 'primary' }],
      },
    ],
  };
}
