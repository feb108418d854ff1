import type { PlatformName } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { channelLink, readChannelLink } from '../../../kernel/recognise/channel.ts';
import { code, type Inline, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { LookupOption } from '../../../runtime/lookup.ts';
import { AmbiguousRef } from '../../../runtime/resolve.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import {
  channelById,
  channelRowAt,
  channelsCalled,
  channelsNamed,
  openChannel,
  type PlatformPlace,
} from './queries.ts';
import { type ChannelRow, channelRecord } from './record.ts';

const mostOffered = 5;
const ids = { slack: /^[CG][A-Z0-9]{2,30}$/, teams: /^19:[\w.@-]{1,180}$/ } as const;

/** One chat app does not name the other; our own pages name both. */
export function platformText(reading: PlatformName, of: 'slack' | 'teams'): Inline | undefined {
  if (reading === of) return undefined;
  return reading === 'slack' || reading === 'teams' ? t('elsewhere') : t(`on-${of}`);
}

/** What a place is before anything is set up there. */
interface Found extends PlatformPlace {
  name: string | null;
  isShared: boolean | undefined;
}

/** The channel somebody stands in; `undefined` in a direct message, on our own pages and for programs. */
function here(ctx: Ctx): Found | undefined {
  const { place, visitor } = ctx;
  if (!visitor || place?.kind !== 'channel') return undefined;
  return {
    platform: visitor.platform,
    installation: visitor.installation,
    placeId: place.id,
    name: place.name ?? null,
    isShared: place.isShared,
  };
}

function linked(ctx: Ctx, text: string): Found | undefined {
  const link = readChannelLink(text);
  const at = here(ctx);
  if (!link || !ctx.visitor) return undefined;
  const { platform, installation } = ctx.visitor;
  if (!ids[platform].test(link.id)) return undefined;
  const isHere = at?.placeId === link.id;
  return {
    platform,
    installation,
    placeId: link.id,
    name: link.name ?? (isHere ? at.name : null),
    isShared: isHere ? at.isShared : undefined,
  };
}

/** Whether anything is set up there or not, a channel can be meant: the id is the row's, else empty. */
function refOf(ctx: Ctx, found: Found, row: ChannelRow | undefined): Ref {
  if (row && row.archivedAt === null) return optionOf(ctx, row).ref;
  const name = row?.name ?? nameOf(ctx, found);
  const key = channelLink({ id: found.placeId, name });
  return { kind: 'channel', id: '', key, label: name ? `#${name}` : found.placeId };
}

/** By its name; what has none, by its id. */
export function optionOf(ctx: Ctx, row: ChannelRow): LookupOption {
  const { id, name, placeId, platform } = row;
  const key = name && !/[<>|"]/.test(name) ? `#${name}` : id;
  const ref = { kind: 'channel', id, key, label: name ? `#${name}` : placeId };
  const detail = platformText(ctx.readOn, platform);
  return { ref, ...(detail === undefined ? {} : { detail }) };
}

/** Two channels of one name go by their ids. */
export function optionsOf(ctx: Ctx, rows: readonly ChannelRow[]): LookupOption[] {
  const options = rows.map((row) => optionOf(ctx, row));
  return options.map((option) => {
    const isAlone = options.filter(({ ref }) => ref.key === option.ref.key).length === 1;
    return isAlone ? option : { ...option, ref: { ...option.ref, key: option.ref.id } };
  });
}

/** Channels meant by `here`, a link, `#name`, a name or an id. Throws AppError where `here` is no channel. */
export async function channelsMeant(ctx: Ctx, text: string): Promise<LookupOption[]> {
  const said = text.normalize('NFKC').trim();
  if (said.toLowerCase() === 'here') {
    const at = here(ctx);
    if (!at) throw await askForChannel(ctx, said);
    return [{ ref: refOf(ctx, at, await channelRowAt(ctx, at)) }];
  }
  const link = linked(ctx, said);
  if (link) return [{ ref: refOf(ctx, link, await channelRowAt(ctx, link)) }];
  if (isUuid(said)) {
    const row = await channelById(ctx, said);
    return row ? [optionOf(ctx, row)] : [];
  }
  const name = readChannelLink(said)?.id ?? said.replace(/^#/, '');
  const rows = await channelsCalled(ctx, name, mostOffered + 1);
  const near = rows.filter(({ platform, installation }) => isOfVisitor(ctx, platform, installation));
  if (rows.length > 0) return optionsOf(ctx, near.length > 0 ? near : rows);
  const at = here(ctx);
  if (at?.name && at.name.toLowerCase() === name.toLowerCase()) return [{ ref: refOf(ctx, at, undefined) }];
  // Without the sign it may be anything, and is said to be unknown like anything else.
  if (!/^<?#/.test(said)) return [];
  throw await unknownChannel(ctx, said);
}

function isOfVisitor({ visitor }: Ctx, platform: string, installation: string): boolean {
  return visitor?.platform === platform && visitor.installation === installation;
}

/** `here` said where there is no channel: which one, then. */
export async function askForChannel(ctx: Ctx, text: string): Promise<AppError> {
  const known = optionsOf(ctx, await channelsNamed(ctx, '', mostOffered));
  if (known.length === 0) return new AppError('invalid_input', t('no-channel-here'));
  return new AmbiguousRef(text, known, undefined, t('which-channel'));
}

async function unknownChannel(ctx: Ctx, text: string): Promise<AppError> {
  const known = optionsOf(ctx, await channelsNamed(ctx, '', mostOffered)).map(({ ref }) => strong(ref.label));
  const values = { text: code(text.slice(0, 60)), known: listed(known), count: known.length };
  return new AppError('not_found', t('unknown-channel', values));
}

/** The row of a place, `undefined` if nothing is set up there. */
export async function channelAt(ctx: Ctx): Promise<ChannelRow | undefined> {
  const at = here(ctx);
  const row = at && (await channelRowAt(ctx, at));
  return row?.archivedAt === null ? row : undefined;
}

/** The row of a channel that `f.channel` has resolved; `undefined` if nothing is set up there. */
export async function channelOf(ctx: Ctx, ref: Ref): Promise<ChannelRow | undefined> {
  if (ref.id !== '') return channelById(ctx, ref.id);
  const found = linked(ctx, ref.key);
  const row = found && (await channelRowAt(ctx, found));
  return row?.archivedAt === null ? row : undefined;
}

/**
 * The row of a channel in which something is being set up, made if there is none: in the words and by the clock of
 * whoever does it. Messages that waited because the platform refused the channel go out: somebody wants it again.
 * Without `ref`: of where they stand. Throws AppError where that is no channel.
 */
export async function ensureChannel(ctx: Ctx, ref?: Ref): Promise<ChannelRow> {
  const row = await rowFor(ctx, ref);
  await openChannel(ctx, row);
  return row;
}

async function rowFor(ctx: Ctx, ref: Ref | undefined): Promise<ChannelRow> {
  if (ref && ref.id !== '') {
    const row = await channelById(ctx, ref.id);
    if (row) return withAudience(ctx, row);
  }
  const found = ref ? linked(ctx, ref.key) : here(ctx);
  if (!found) throw await askForChannel(ctx, 'here');
  const { isShared: said, name: _, ...at } = found;
  const name = nameOf(ctx, found);
  const isShared = said ?? ctx.channelFacts(at.placeId).isShared;
  const told = {
    ...(name === null ? {} : { name }),
    ...(isShared === undefined ? {} : { isShared }),
  };
  const known = await channelRowAt(ctx, at);
  if (known?.archivedAt === null) return changeRecord(ctx, channelRecord, known, told);
  const whose = setUpBy(ctx);
  if (known) return changeRecord(ctx, channelRecord, known, { ...told, ...whose, archivedAt: null });
  return createRecord(ctx, channelRecord, { ...at, name, ...told, ...whose });
}

/** A channel may have been shared since something was first set up in it. */
async function withAudience(ctx: Ctx, row: ChannelRow): Promise<ChannelRow> {
  if (!isOfVisitor(ctx, row.platform, row.installation)) return row;
  const at = here(ctx);
  const said = at?.placeId === row.placeId ? at.isShared : undefined;
  const isShared = said ?? ctx.channelFacts(row.placeId).isShared;
  return isShared === undefined ? row : changeRecord(ctx, channelRecord, row, { isShared });
}

function setUpBy({ actor, org }: Ctx): Pick<ChannelRow, 'setBy' | 'locale' | 'timeZone'> {
  return actor.kind === 'member'
    ? { setBy: actor.memberId, locale: actor.locale, timeZone: actor.timeZone }
    : { setBy: null, locale: org.locale, timeZone: org.timeZone };
}

/** Whether a channel that `f.channel` has resolved is the one somebody stands in. */
export async function isHere(ctx: Ctx, ref: Ref): Promise<boolean> {
  const at = here(ctx);
  if (!at) return false;
  const row = ref.id === '' ? undefined : await channelById(ctx, ref.id);
  const { platform, installation, placeId } = at;
  if (row) return row.platform === platform && row.installation === installation && row.placeId === placeId;
  return linked(ctx, ref.key)?.placeId === placeId;
}

/** What the channel somebody stands in is called; where nobody tells, its id. */
export function hereLabel(ctx: Ctx): string {
  const at = here(ctx);
  const name = at && nameOf(ctx, at);
  return name ? `#${name}` : (at?.placeId ?? '');
}

/** As it was said, else as the platform tells when it is asked. */
function nameOf(ctx: Ctx, { name, placeId }: Found): string | null {
  return name ?? ctx.channelFacts(placeId).name ?? null;
}
