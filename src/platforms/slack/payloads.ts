import { z } from 'zod';

/** What Slack sends, as far as it is used here. Unknown keys are Slack's business and pass unread. */

const id = z.string().min(1).max(100);
const team = z.looseObject({ id }).nullish();
const user = z.looseObject({ id, team_id: id.optional() });
const enterprise = z.looseObject({ id }).nullish();
const orgWide = z.boolean().nullish();
const from = { team, user, enterprise, is_enterprise_install: orgWide };
const url = z.string().max(2000);

export const commandSchema = z.object({
  command: z.string().max(100),
  text: z.string().default(''),
  trigger_id: z.string().max(500),
  team_id: id,
  enterprise_id: id.optional(),
  is_enterprise_install: z.string().optional(),
  user_id: id,
  channel_id: id,
  channel_name: z.string().max(200).optional(),
  response_url: url.optional(),
});

const view = z.object({
  id,
  type: z.string(),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  app_installed_team_id: id.nullish(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).nullish(),
});
export type ViewState = Record<string, Record<string, unknown>>;

const blockActions = z.object({
  ...from,
  type: z.literal('block_actions'),
  trigger_id: z.string().max(500),
  response_url: url.optional(),
  channel: z.looseObject({ id, name: z.string().max(200).optional() }).optional(),
  message: z.looseObject({ thread_ts: z.string().max(50).optional() }).optional(),
  view: view.optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        block_id: z.string().optional(),
        value: z.string().optional(),
        action_ts: z.string().optional(),
      }),
    )
    .min(1),
});

const viewSubmission = z.object({
  ...from,
  type: z.literal('view_submission'),
  trigger_id: z.string().optional(),
  view,
});
const viewClosed = z.object({ ...from, type: z.literal('view_closed'), view });

const shortcut = z.object({
  ...from,
  type: z.literal('shortcut'),
  callback_id: z.string(),
  trigger_id: z.string().max(500),
});
const messageAction = z.object({
  ...from,
  type: z.literal('message_action'),
  callback_id: z.string(),
  trigger_id: z.string().max(500),
  response_url: url.optional(),
  channel: z.looseObject({ id }),
  message: z.looseObject({ text: z.string().default(''), ts: z.string().default('') }),
});

const blockSuggestion = z.object({
  ...from,
  type: z.literal('block_suggestion'),
  action_id: z.string(),
  value: z.string().default(''),
  view: view.optional(),
});

export const interactiveSchema = z.discriminatedUnion('type', [
  blockActions,
  viewSubmission,
  viewClosed,
  shortcut,
  messageAction,
  blockSuggestion,
]);

export const interactiveTypes: readonly string[] = interactiveSchema.options.map(
  (option) => option.shape.type.value,
);

export const eventSchema = z.object({
  type: z.literal('event_callback'),
  event_id: id,
  team_id: id.nullish(),
  context_team_id: id.nullish(),
  enterprise_id: id.nullish(),
  /** The channel is shared with another company. */
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z
    .array(
      z.looseObject({
        team_id: id.nullish(),
        enterprise_id: id.nullish(),
        user_id: id.nullish(),
        is_enterprise_install: orgWide,
      }),
    )
    .nullish(),
  event: z.looseObject({ type: z.string() }),
});

/** The events that are handled; the manifest subscribes to exactly these. */
export const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_shared',
  'channel_unshared',
  'link_shared',
  'message.im',
  'tokens_revoked',
  'user_change',
] as const;

const ts = z.string().max(50);
export const homeOpenedSchema = z.object({ user: id, tab: z.string().optional() });
export const saidSchema = z.object({
  user: id,
  channel: id,
  text: z.string(),
  ts,
  thread_ts: ts.optional(),
  user_team: id.optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  channel_type: z.string().optional(),
});
export const linkSharedSchema = z.object({
  user: id,
  channel: id,
  message_ts: ts,
  source: z.string().optional(),
  links: z.array(z.looseObject({ url: z.string().max(3000) })),
});
/** Of `channel_shared` and `channel_unshared`. */
export const sharedSchema = z.object({ channel: id });
export const revokedSchema = z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) });
export const userChangedSchema = z.object({ user: z.unknown() });

export type CommandPayload = z.output<typeof commandSchema>;
export type InteractivePayload = z.output<typeof interactiveSchema>;
export type EventPayload = z.output<typeof eventSchema>;
export type Said = z.output<typeof saidSchema>;
export type LinkShared = z.output<typeof linkSharedSchema>;
export type Interactive<T extends InteractivePayload['type']> = Extract<InteractivePayload, { type: T }>;
