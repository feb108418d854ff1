import { z } from 'zod';
import type { MemberActor } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { formatNumber } from '../../../../kernel/ids.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { linksOf } from '../../../../runtime/record-parts.ts';
import { type AccountRow, requireLiveAccount } from '../../accounts/api.ts';
import { readContact } from '../../contacts/api.ts';
import { logActivity } from '../api.ts';
import { loggedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { loggedView, type MetPerson } from '../model.ts';
import { type Met, peopleMet } from '../people-met.ts';
import { decisionMakerMeetings } from '../queries.ts';
import { isDecisionMakerMet, momentOf, monthAround } from '../rules.ts';
import { kindField } from '../words.ts';

const input = z
  .strictObject({
    kind: kindField(),
    subject: f.ref(['account', 'deal', 'lead', 'contact'], t('subject')),
    met: f.text(t('met'), { max: 200, hint: t('met-hint'), names: true }).optional(),
    minutes: f.minutes(t('minutes'), { placeholder: '20m' }).optional(),
    on: f.when(t('on'), { past: true, hint: t('on-hint') }).optional(),
    note: f.note(t('note')).optional(),
    /** Of a name several people have: somebody else is meant. */
    nameOnly: f.flag(t('met')).optional(),
  })
  .refine(({ kind, note }) => kind !== 'note' || note, {
    path: ['note'],
    params: { missing: true, message: t('need-note') },
  });

/** Everybody who works with customers may log with any of them: the next colleague reads what was said. */
export const log = defineAction({
  name: 'activities.log',
  title: t('log-title'),
  summary: t('log-summary'),
  effect: 'write',
  input,
  output: loggedView,
  roles: ['rep', 'manager', 'finance', 'admin'],
  command: {
    verb: 'log',
    aliases: ['跟进', '写跟进', '记录'],
    args: ['kind', 'subject', 'minutes', 'on'],
    keys: { met: 'met', with: 'met', 见: 'met', 见到: 'met', on: 'on', 日期: 'on', 时间: 'on' },
    note: 'note',
    group: 'daily',
    examples: {
      en: ['log visit acme met:Jane -- likes the pilot', 'log call D-1 20m', 'log email acme on:yesterday'],
      'zh-CN': ['跟进 拜访 远景 见:王敏 -- 认可试用方案', '跟进 电话 D-1 20分钟', '跟进 微信 远景 日期:昨天'],
    },
    top: 3,
  },
  hidden: ['nameOnly'],
  example: { as: 'rep', input: { kind: 'visit', subject: 'C-1', met: 'Jane', note: 'likes the pilot' } },

  async run(ctx, input) {
    const { kind, subject, met, minutes, on, note, nameOnly } = input;
    const me = memberOf(ctx);
    const at = momentOf(on, ctx.now, me.timeZone);
    if (!at) throw notYet();
    const { links, account, people } = await involved(ctx, subject, met, {
      isNameOnly: nameOnly === true,
      input: { ...input, subject: subject.key },
    });
    const isDecider = ({ contact }: Met) => isDecisionMakerMet(kind, contact?.role);
    const first = people.find(isDecider) ?? people.find(({ contact }) => contact) ?? people[0];
    const others = people.filter((person) => person !== first);
    const decisionMakerMet = first !== undefined && isDecider(first);
    await logActivity(ctx, {
      kind,
      at,
      minutes: minutes ?? null,
      note: note ?? null,
      accountId: links.account ?? null,
      dealId: links.deal ?? null,
      leadId: links.lead ?? null,
      contactId: first?.contact?.id ?? (subject.kind === 'contact' ? subject.id : null),
      alsoMetIds: others.flatMap(({ contact }) => contact?.id ?? []),
      metName: people.length === 0 ? null : people.map(({ name }) => name).join(', '),
      decisionMakerMet,
    });
    const accountNumber = account ? formatNumber('account', account.number) : null;
    return {
      kind,
      subject: { kind: subject.kind, number: subject.key, name: subject.label },
      account: accountNumber,
      at: at.toISOString(),
      isBackdated: dayIn(at, me.timeZone) !== dayIn(ctx.now, me.timeZone),
      minutes: minutes ?? null,
      note: note ?? null,
      met: first ? metView(first) : null,
      alsoMet: others.map(metView),
      decisionMakerMet,
      meetingsThisMonth: decisionMakerMet ? await meetingsThisMonth(ctx, me, at) : null,
      nextFor: subject.kind === 'contact' ? accountNumber : subject.key,
    };
  },
  present: loggedCard,
});

interface Involved {
  links: Readonly<Record<string, string>>;
  account: AccountRow | undefined;
  people: readonly Met[];
}

/** Whom and what the activity belongs to, beyond what was named. */
async function involved(
  ctx: Ctx,
  subject: Ref,
  met: string | undefined,
  raw: Parameters<typeof peopleMet>[3],
): Promise<Involved> {
  const links = await linksOf(ctx, subject);
  const account = links.account === undefined ? undefined : await requireLiveAccount(ctx, links.account);
  if (met !== undefined) return { links, account, people: await peopleMet(ctx, account, met, raw) };
  const contact = subject.kind === 'contact' ? await readContact(ctx, subject.id) : undefined;
  return { links, account, people: contact ? [{ name: contact.name, contact }] : [] };
}

function metView({ name, contact }: Met): MetPerson {
  return { name, number: contact ? formatNumber('contact', contact.number) : null };
}

/** How often this month with this one; an activity of another month has no place in that count. */
async function meetingsThisMonth(ctx: Ctx, me: MemberActor, at: Date): Promise<number | null> {
  const { from, to } = monthAround(ctx.now, me.timeZone);
  if (at < from || at >= to) return null;
  return decisionMakerMeetings(ctx, me.memberId, from, to);
}

function notYet(): AppError {
  const message = t('in-future', { line: command('next') });
  return new AppError('invalid_input', message, { fields: [{ field: 'on', message }] });
}
