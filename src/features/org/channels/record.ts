import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { channels, mutes, quietHours } from './tables.ts';

export const channelRecord = defineRecord({
  kind: 'channel',
  table: channels,
  label: (row) => (row.name ? `#${row.name}` : String(row.placeId)),
  fieldLabels: {
    name: t('name'),
    locale: t('language'),
    timeZone: t('zone'),
    quietFrom: t('quiet-from'),
    quietTo: t('quiet-to'),
    noiseBudget: t('budget'),
  },
});

export const muteRecord = defineRecord({
  kind: 'mute',
  table: mutes,
  label: () => 'mute',
  fieldLabels: { until: t('muted-until') },
});

export const quietRecord = defineRecord({
  kind: 'quiet-hours',
  table: quietHours,
  label: (row) => `${row.quietFrom}–${row.quietTo}`,
  fieldLabels: { quietFrom: t('quiet-from'), quietTo: t('quiet-to') },
});

export type ChannelRow = typeof channels.$inferSelect;
export type MuteRow = typeof mutes.$inferSelect;
export type QuietRow = typeof quietHours.$inferSelect;
