import { z } from 'zod';

/** What Teams sends, as far as it is used here. Unknown keys are Microsoft's business and pass unread. */

const id = z.string().min(1).max(1000);
const named = z.looseObject({ id });
const word = z.string().max(200).nullish();

export const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().max(2000),
  from: z.looseObject({ id, name: z.string().nullish(), aadObjectId: id.nullish(), role: word }),
  conversation: z.looseObject({
    id,
    name: z.string().nullish(),
    conversationType: word,
    tenantId: id.nullish(),
  }),
  recipient: named,
  channelData: z
    .looseObject({
      tenant: named.nullish(),
      team: named.nullish(),
      channel: z.looseObject({ id: id.nullish(), name: z.string().nullish(), type: word }).nullish(),
    })
    .nullish(),
  locale: word,
  localTimezone: word,
  replyToId: id.nullish(),
  name: word,
  value: z.unknown().optional(),
  text: z.string().nullish(),
  entities: z.array(z.unknown()).nullish(),
  membersAdded: z.array(named).nullish(),
  membersRemoved: z.array(z.looseObject({ id, aadObjectId: id.nullish() })).nullish(),
  action: word,
});
export type Activity = z.output<typeof activitySchema>;

/** Somebody named in a text. Bots get the `29:…` id, seldom the Entra object id. */
export const mentionSchema = z.looseObject({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.looseObject({ id, name: z.string().nullish(), aadObjectId: id.nullish() }),
});
export type SaidMention = z.output<typeof mentionSchema>;

/** Inputs stand beside what the button carries; `msteams` is only there on buttons that open a dialog. */
const buttonData = z.looseObject({ press: z.unknown().optional(), msteams: z.unknown().optional() });

export const cardActionSchema = z.looseObject({
  action: z.looseObject({ verb: z.string().nullish(), data: buttonData }),
});
export const taskSchema = z.looseObject({ data: buttonData });

export const searchSchema = z.looseObject({
  queryText: z.string().nullish(),
  dataset: z.string().nullish(),
  queryOptions: z.looseObject({ top: z.number().nullish() }).nullish(),
});

export const querySchema = z.looseObject({
  commandId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), value: z.unknown().optional() })).nullish(),
});
/** What the preview of a search result carries. */
export const chosenSchema = z.looseObject({
  kind: z.string().min(1).max(100),
  key: z.string().min(1).max(200),
});
export const linkSchema = z.looseObject({ url: z.string() });

export const messageActionSchema = z.looseObject({
  commandId: z.string(),
  messagePayload: z
    .looseObject({
      body: z.looseObject({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
