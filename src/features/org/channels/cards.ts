import { code, command, dotted, type Inline, instant, record, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { ChannelList, ChannelView, MuteChange, QuietChange, QuietView, UnmuteChange } from './model.ts';
import { platformText } from './places.ts';

/** The end of a mute as texts choose it: an instant, or when somebody unmutes. */
function ending(until: string | null): { always: string; until: Inline } {
  return until === null ? { always: 'yes', until: '' } : { always: 'no', until: instant(until) };
}

/** By its name; one whose name the platform keeps to itself, by its id. */
function channelText(label: string): Inline {
  return label.startsWith('#') ? strong(label) : t('unnamed', { id: code(label) });
}

const named = ({ key, label }: { key: string; label: string }) => record(key, label);

/** A channel in buttons: by its row, so that it works from anywhere. */
function inputOf({ channel, subject }: Pick<MuteChange, 'channel' | 'subject'>): Record<string, unknown> {
  return {
    ...(channel && channel.id !== '' ? { channel: channel.id } : {}),
    ...(subject ? { record: subject.key } : {}),
  };
}

export function mutedCard(change: MuteChange): Card {
  const { channel, subject, until, isNews } = change;
  const key = subject
    ? channel
      ? 'muted-record-channel'
      : 'muted-record-you'
    : channel
      ? 'muted-channel'
      : 'muted-you';
  const values = {
    ...ending(until),
    channel: channel ? channelText(channel.label) : '',
    record: subject ? named(subject) : '',
  };
  const unmute: Button = { label: t('unmute'), press: { a: 'channels.unmute', i: inputOf(change) } };
  const blocks: Block[] = [
    ...(isNews ? [] : [{ t: 'text', of: t('same-before') } as const]),
    { t: 'context', of: t('never-stops') },
    { t: 'buttons', buttons: [unmute] },
  ];
  return { tone: isNews ? 'ok' : 'info', title: t(key, values), blocks };
}

export function unmutedCard({ channel, subject, lifted, left }: UnmuteChange): Card {
  const rest: Block[] =
    subject === null && left > 0
      ? [{ t: 'context', of: t('left-muted', { count: left, line: command('unmute D-101') }) }]
      : [];
  if (lifted === 0) return { tone: 'info', title: t('was-not-muted'), blocks: rest };
  const key = subject
    ? channel
      ? 'unmuted-record-channel'
      : 'unmuted-record-you'
    : channel
      ? 'unmuted-channel'
      : 'unmuted-you';
  const values = {
    channel: channel ? channelText(channel.label) : '',
    record: subject ? named(subject) : '',
  };
  return { tone: 'ok', title: t(key, values), blocks: rest };
}

function hoursText({ from, to }: QuietView): Inline {
  return from === to ? t('hours-off') : t('hours-of', { from, to });
}

export function quietCard({ channel, quiet, isUsual, timeZone, before, heldUntil }: QuietChange): Card {
  const hours = hoursText(quiet);
  const title = channel
    ? t('quiet-channel', { channel: channelText(channel.label), hours })
    : t('quiet-you', { hours });
  const facts = dotted(
    timeZone,
    isUsual ? t('usual-hours') : undefined,
    before ? t('was-hours', { hours: hoursText(before) }) : undefined,
  );
  const blocks: Block[] = [{ t: 'text', of: facts }];
  if (heldUntil !== null) blocks.push({ t: 'text', of: t('held-until', { until: instant(heldUntil) }) });
  blocks.push({ t: 'context', of: t('quiet-means') });
  if (before === null) {
    blocks.push({ t: 'context', of: t('how-quiet', { line: command('quiet 18:00-09:00') }) });
  }
  return { tone: before ? 'ok' : 'plain', title, blocks };
}

export function listCard({ channels, page, hasMore }: ChannelList, at: PresentContext): Card {
  if (channels.length === 0) {
    const blocks: Block[] = [{ t: 'text', of: t('no-channels', { line: command('quiet 19:00-08:30') }) }];
    return { tone: 'plain', title: t('list-title'), blocks };
  }
  const blocks: Block[] = [
    { t: 'rows', rows: channels.map((one) => ({ text: rowText(one, at), detail: rowDetail(one) })) },
  ];
  if (hasMore) {
    const next: Button = {
      label: t('next', { count: channels.length }),
      press: { a: 'channels.list', i: { page: page + 1 } },
    };
    blocks.push({ t: 'buttons', buttons: [next] });
  }
  return { tone: 'plain', title: t('list-title'), blocks };
}

function rowText(
  { label, muted, mutedRecords, isShared, platform }: ChannelView,
  at: PresentContext,
): Inline {
  return dotted(
    channelText(label),
    platformText(at.platform, platform),
    muted ? t('row-muted', ending(muted.until)) : undefined,
    mutedRecords > 0 ? t('row-muted-records', { count: mutedRecords }) : undefined,
    isShared ? t('row-shared') : undefined,
  );
}

function rowDetail({ quiet, timeZone, setBy }: ChannelView): Inline {
  return dotted(
    t('row-quiet', { hours: hoursText(quiet) }),
    timeZone,
    setBy === null ? undefined : t('row-set-by', { name: setBy }),
  );
}
