import { z } from 'zod';

const person = z.strictObject({ memberId: z.string(), name: z.string() });

/** Whose requests a desk gets: of everybody, of people whoever set it up sees, or, where they may no longer, nobody's. */
export const deskScope = z.strictObject({
  kind: z.enum(['all', 'sees', 'nothing']),
  by: person.nullable(),
  /** Only of this team or region. */
  unit: z.string().nullable(),
});
export type DeskScope = z.infer<typeof deskScope>;

export const deskChange = z.strictObject({
  channel: z.string(),
  /** Said together with `here`, which is another channel and stays as it is. */
  isNotHere: z.boolean().optional(),
  isOn: z.boolean(),
  isNews: z.boolean(),
  /** Cards of requests that wait, sent with it. */
  waiting: z.int(),
  /** Null: it is none. */
  scope: deskScope.nullable(),
});
export type DeskChange = z.infer<typeof deskChange>;

export const deskList = z.strictObject({
  desks: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      platform: z.enum(['slack', 'teams']),
      /** People of another company read along by now: it gets nothing. */
      isShared: z.boolean(),
      scope: deskScope,
    }),
  ),
});
export type DeskList = z.infer<typeof deskList>;

export const substituteView = z.strictObject({
  of: person,
  by: person,
  from: z.string(),
  until: z.string(),
  isNow: z.boolean(),
});
export type SubstituteView = z.infer<typeof substituteView>;

/** `waiting`: requests the substitute is asked about at once. */
export const substituteSet = substituteView.extend({ waiting: z.int() });
export type SubstituteSet = z.infer<typeof substituteSet>;

export const substituteList = z.strictObject({ substitutes: z.array(substituteView), hasMore: z.boolean() });
export type SubstituteList = z.infer<typeof substituteList>;

export const substitutesEnded = z.strictObject({ of: person, ended: z.array(substituteView) });
export type SubstitutesEnded = z.infer<typeof substitutesEnded>;
