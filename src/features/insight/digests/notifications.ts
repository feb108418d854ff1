import { z } from 'zod';
import { scheduleRule } from '../../../kernel/schedule.ts';
import { dotted, strong } from '../../../kernel/text.ts';
import { type Audience, channelAddress, defineNotification } from '../../../runtime/notification.ts';
import { inlineShape } from '../../../view/card.ts';
import { platformText } from '../../org/channels/api.ts';
import { digestCard, threadCard } from './digest-card.ts';
import { t } from './messages.ts';
import { channelShape, digestSaid, kindShape } from './model.ts';
import { channelText, kindText, ruleText } from './words.ts';

export const toldShape = z.strictObject({
  /** One message of each key and place. */
  key: z.string(),
  to: z.union([z.strictObject({ memberId: z.string() }), z.strictObject({ channel: channelAddress })]),
  said: digestSaid,
});
export type Told = z.infer<typeof toldShape>;

const audience = ({ to }: Told): Audience[] => [to];

export const digestPosted = defineNotification({
  name: 'digests.posted',
  payload: toldShape,
  audience,
  dedupeKey: ({ key }) => key,
  staleAfterHours: 20,
  render: ({ said }) => digestCard(said, { run: said.runId }),
});

/** What the message does not hold, in the thread under it. */
export const digestMore = defineNotification({
  name: 'digests.more',
  payload: toldShape,
  audience,
  dedupeKey: ({ key }) => key,
  threadOf: ({ key }) => ({ notification: digestPosted.name, key }),
  staleAfterHours: 20,
  render: ({ said }) => threadCard(said),
});

const settingShape = z.strictObject({ rule: scheduleRule, scope: inlineShape.nullable() });

/** Somebody else changed or stopped (`now` is null) a digest of a channel: told to whoever had set it up. */
export const digestTaken = defineNotification({
  name: 'digests.taken',
  payload: z.strictObject({
    digestId: z.string(),
    /** Of the digest before. */
    version: z.int(),
    memberId: z.string(),
    kind: kindShape,
    channel: channelShape,
    by: z.string(),
    was: settingShape,
    now: settingShape.nullable(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  dedupeKey: ({ digestId, version }) => `${digestId} ${version}`,
  render: ({ kind, channel, by, was, now }, { platform }) => {
    const setting = ({ rule, scope }: z.infer<typeof settingShape>) =>
      dotted(ruleText(rule), scope ?? undefined);
    const place = channelText(channel.label);
    // Channels of both chat apps may have the same name.
    const where = platformText(platform, channel.platform);
    const values = { kind: kindText(kind), place, name: strong(by) };
    return {
      tone: 'info',
      title: t(now ? 'taken-changed' : 'taken-stopped', values),
      blocks: [
        ...(now ? [{ t: 'text' as const, of: t('taken-now', { what: setting(now), name: by }) }] : []),
        { t: 'text', of: t('taken-was', { what: setting(was) }) },
        ...(where ? [{ t: 'context' as const, of: where }] : []),
        { t: 'buttons', buttons: [{ label: t('see-digests'), press: { a: 'digests.list', i: {} } }] },
      ],
    };
  },
});

/** A digest cannot go on as it was set up: told once to the admins. */
export const digestPaused = defineNotification({
  name: 'digests.paused',
  payload: z.strictObject({
    digestId: z.string(),
    kind: kindShape,
    rule: scheduleRule,
    /** `#sales-east`; null: a direct message. */
    channel: z.string().nullable(),
    reason: z.enum(['left', 'unit', 'shared']),
    name: z.string(),
    at: z.string(),
  }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ digestId, at }) => `${digestId} ${at}`,
  render: ({ kind, rule, channel, reason, name }) => ({
    tone: 'warn',
    title: t('paused-title', { place: channel === null ? strong(name) : channelText(channel) }),
    blocks: [
      {
        t: 'text',
        of: t(reason === 'left' ? 'paused-text' : `paused-text-${reason}`, {
          kind: kindText(kind),
          rule: ruleText(rule),
          name: strong(name),
        }),
      },
      { t: 'buttons', buttons: [{ label: t('see-digests'), press: { a: 'digests.list', i: {} } }] },
    ],
  }),
});
