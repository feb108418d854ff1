import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { deskCard, desksCard } from '../desk-cards.ts';
import { deskChange, deskList } from '../desk-model.ts';
import { channelMeant, closeDesk, desksShown, openDesk } from '../desks.ts';
import { t } from '../messages.ts';
import { requireDeskRight } from '../rights.ts';

const channelField = () => f.channel(t('channel'), { placeholder: '#deal-desk' }).optional();

/** Bare it lists the desks; `here` or a channel makes one. */
export const desk = defineAction({
  name: 'approvals.desk',
  title: t('desk-title'),
  summary: t('desk-summary'),
  effect: 'write',
  input: z.strictObject({
    what: f
      .oneOf(t('what'), [
        { value: 'off', label: t('what-off'), words: ['stop', '关闭', '停止', '取消'] },
        { value: 'list', label: t('what-list'), words: ['列表', '清单', '查看'] },
      ])
      .optional(),
    channel: channelField(),
    /** `here #deal-desk`: of the two it is the one that has a name. */
    named: f.channel(t('named-channel')).optional(),
    group: f.ref('unit', t('group'), { placeholder: 'East' }).optional(),
  }),
  output: deskChange,
  roles: internalRoles,
  formFields: ['channel', 'group'],
  repeatable: true,
  command: {
    verb: 'deal-desk',
    aliases: ['审批频道', 'desk'],
    args: ['what', 'channel', 'named'],
    keys: { group: 'group', team: 'group', 团队: 'group' },
    group: 'setup',
    examples: {
      en: [
        'deal-desk here',
        'deal-desk #deal-desk',
        'deal-desk here group:East',
        'deal-desk off',
        'deal-desk list',
      ],
      'zh-CN': [
        '审批频道 这里',
        '审批频道 #deal-desk',
        '审批频道 这里 团队:East',
        '审批频道 关闭',
        '审批频道 列表',
      ],
    },
  },
  example: { as: 'manager', input: { channel: '#sales-west' } },

  mayOpen: (ctx) => requireDeskRight(ctx, undefined),
  async forward(ctx, { what, channel, named, group }) {
    const isBare = channel === undefined && group === undefined;
    if (what === 'list' || (what === undefined && isBare)) return { a: 'approvals.desks', i: {} };
    if (what !== 'off') return undefined;
    const { meant } = await channelMeant(ctx, channel, named);
    return { a: 'approvals.desk-off', i: meant ? { channel: meant.key } : {} };
  },
  async run(ctx, { channel, named, group }) {
    const { meant, isNotHere } = await channelMeant(ctx, channel, named);
    return { ...(await openDesk(ctx, meant, group)), isNotHere };
  },
  present: deskCard,
});

export const deskOff = defineAction({
  name: 'approvals.desk-off',
  title: t('desk-off-title'),
  summary: t('desk-off-summary'),
  effect: 'write',
  input: z.strictObject({ channel: channelField() }),
  output: deskChange,
  roles: internalRoles,
  form: 'never',
  repeatable: true,
  example: { as: 'manager', input: { channel: '#sales-west' } },
  run: (ctx, { channel }) => closeDesk(ctx, channel),
  present: deskCard,
});

export const desks = defineAction({
  name: 'approvals.desks',
  title: t('desks-title'),
  summary: t('desks-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: deskList,
  roles: internalRoles,
  form: 'never',
  example: { as: 'rep', input: {} },
  run: (ctx) => desksShown(ctx),
  present: desksCard,
});
