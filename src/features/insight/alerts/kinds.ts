/** Come true by time or by what somebody leaves undone: looked for regularly. The others follow a change at once. */
export const watchedKinds = [
  'stuck',
  'unowned',
  'overdue',
  'single-contact',
  'approval',
  'quote-expiring',
] as const;
export type WatchedKind = (typeof watchedKinds)[number];

/** What people can be alerted to, in the order lists show it. */
export const alertKinds = ['new-lead', 'won', 'lost', 'moved-back', 'pushed', ...watchedKinds] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What `all` means; new leads are for those who ask for them. */
export const usualKinds: readonly AlertKind[] = alertKinds.filter((kind) => kind !== 'new-lead');

export function isWatched(kind: AlertKind): kind is WatchedKind {
  return (watchedKinds as readonly AlertKind[]).includes(kind);
}

/** Kinds about one deal: a floor amount can narrow them. */
export const dealKinds: readonly AlertKind[] = [
  'won',
  'lost',
  'moved-back',
  'pushed',
  'stuck',
  'overdue',
  'quote-expiring',
];
