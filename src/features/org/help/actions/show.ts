import { z } from 'zod';
import { f, fieldMeta } from '../../../../kernel/fields.ts';
import type { Locale } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { rolesAllow } from '../../../../runtime/registry.ts';
import { helpCard } from '../cards.ts';
import { t } from '../messages.ts';
import { groups, type Help, help } from '../model.ts';
import {
  actionFor,
  canRun,
  fieldsOf,
  inSetupOrder,
  isTyped,
  nearestTo,
  overviewOf,
  printedVerb,
  type Typed,
  verbHelp,
} from '../rules.ts';

const setupWords = new Set(['setup', 'set-up', '设置', '初始设置', '管理设置']);

export const show = defineAction({
  name: 'help.show',
  title: t('title'),
  summary: t('summary'),
  effect: 'read',
  input: z.strictObject({ topic: f.text(t('topic'), { max: 60, placeholder: 'log' }).optional() }),
  output: help,
  roles: 'anyone',
  form: 'never',
  command: {
    verb: 'help',
    aliases: ['帮助', 'commands'],
    args: ['topic'],
    group: 'daily',
    examples: { en: ['help', 'help log', 'help setup'], 'zh-CN': ['帮助', '帮助 跟进', '帮助 设置'] },
    top: 10,
  },
  example: { as: 'rep', input: { topic: 'new-lead' } },

  async run(ctx, { topic }) {
    const { locale } = ctx.read;
    const mine = usable(ctx);
    if (topic === undefined) return overview(ctx, mine);
    if (setupWords.has(topic.trim().toLowerCase())) {
      const verbs = inSetupOrder(mine.filter((action) => action.command.group === 'setup'));
      return { kind: 'setup' as const, verbs: verbs.map((action) => verbHelp(action, locale)) };
    }
    const action = actionFor(mine, topic);
    if (action) return aboutOne(ctx, action);
    const nearest = nearestTo(mine, topic).map(({ command, summary }) => ({
      verb: printedVerb(command, locale),
      summary,
    }));
    return { kind: 'unknown' as const, topic, nearest };
  },
  present: helpCard,
});

/** Typed actions the reader's roles allow. */
function usable(ctx: Ctx): Typed[] {
  const roles = ctx.actor.kind === 'member' ? ctx.actor.roles : [];
  return ctx.catalog
    .actions()
    .filter(isTyped)
    .filter((action) => rolesAllow(action, roles))
    .filter((action) => action.name !== 'members.ask-access' || roles.length === 0);
}

function overview(ctx: Ctx, mine: readonly Typed[]): Help {
  const { locale } = ctx.read;
  const { shown, others } = overviewOf(
    mine.filter((action) => action.name !== 'help.show'),
    ctx.actor.kind === 'member' && ctx.actor.roles.includes('manager'),
  );
  return {
    kind: 'overview',
    groups: groups.flatMap((group) => {
      const verbs = shown.filter((action) => action.command.group === group);
      return verbs.length === 0 ? [] : [{ group, verbs: verbs.map((action) => verbHelp(action, locale)) }];
    }),
    others: others.map(({ command }) => printedVerb(command, locale)),
    aboutOne: aboutLine(mine, locale),
    isAdmin: ctx.actor.kind === 'member' && ctx.actor.roles.includes('admin'),
    platform: ctx.platform,
  };
}

/** `help log`, in the words of the reader's language. */
function aboutLine(mine: readonly Typed[], locale: Locale): string {
  const [helpAction, about] = ['help.show', 'activities.log'].map((name) =>
    mine.find((action) => action.name === name),
  );
  const explained = about ?? mine.find((action) => action !== helpAction);
  return [helpAction, explained].flatMap((one) => (one ? [printedVerb(one.command, locale)] : [])).join(' ');
}

function aboutOne(ctx: Ctx, action: Typed): Help {
  const { locale } = ctx.read;
  const { command } = action;
  const note = command.note ? action.input.shape[command.note] : undefined;
  const printed = printedVerb(command, locale);
  const fields = fieldsOf(action).filter(({ name }) => name !== command.note);
  return {
    kind: 'verb',
    action: action.name,
    verb: printed,
    title: action.title,
    summary: action.summary,
    aliases: [command.verb, ...(command.aliases ?? [])].filter((word) => word !== printed),
    examples: [...command.examples[locale]],
    fields,
    note: (note && fieldMeta(note)?.label) ?? null,
    hasForm: action.form !== 'never' && fields.length > 0 && action.command.parseRest === undefined,
    canRun: canRun(action),
  };
}
