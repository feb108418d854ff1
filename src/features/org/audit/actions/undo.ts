import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { code, command, instant, listed, seq, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf, type RecordChange } from '../../../../runtime/context.ts';
import { engineMessages } from '../../../../runtime/messages.ts';
import { rolesAllow } from '../../../../runtime/registry.ts';
import {
  changeRecord,
  fromNoted,
  numberOf,
  type RecordKind,
  readRecords,
} from '../../../../store/records.ts';
import { undoneCard } from '../cards.ts';
import { describeChanges } from '../describe.ts';
import { changesUndone } from '../events.ts';
import { t } from '../messages.ts';
import { type Undone, undone } from '../model.ts';
import {
  type AuditRow,
  cancelQueued,
  changesAfter,
  changesOf,
  consequencesOf,
  forgetRepeats,
  type LaterChange,
  lastWriteOf,
  readAudit,
  undoAction,
  undoneAt,
} from '../queries.ts';
import {
  isUndoable,
  type Reversal,
  reversalsOf,
  splitAtFinal,
  stillCounting,
  undoMinutes,
} from '../rules.ts';

type Row = Record<string, unknown>;

const dayMs = 86_400_000;
/** Later changes of one record that are looked at; with more, somebody has clearly gone on from there. */
const laterLimit = 50;
/** Of a bulk change subscribers hear of so many records. */
const mostTold = 200;

export const undo = defineAction({
  name: undoAction,
  title: t('undo-title'),
  summary: t('undo-summary'),
  effect: 'write',
  input: z.strictObject({ audit: f.text(t('entry')).optional() }),
  output: undone,
  roles: 'anyone',
  noUndo: t('undo-no-undo'),
  repeatable: true,
  hidden: ['audit'],
  form: 'never',
  command: {
    verb: 'undo',
    aliases: ['撤销'],
    args: [],
    group: 'daily',
    examples: { en: ['undo'], 'zh-CN': ['撤销'] },
  },
  example: { as: 'rep', input: {} },

  /** Without an entry the latest write is meant; the audit entry of the undo then names it. */
  async forward(ctx, { audit }) {
    if (audit !== undefined) return undefined;
    // One that is too old is found too, so that the answer says so.
    const since = new Date(ctx.now.getTime() - dayMs);
    const last = await lastWriteOf(ctx, memberOf(ctx).memberId, since);
    return last && { a: undoAction, i: { audit: last.id } };
  },

  async run(ctx, { audit }) {
    if (audit === undefined) return { line: null, records: [], stay: [], cancelled: 0, sent: 0 };
    const entry = await undoableEntry(ctx, audit);
    const irreversible = ctx.catalog.recordKinds().filter((kind) => kind.irreversible);
    const isFinal = ({ kind }: { kind: string }) => irreversible.some((one) => one.kind === kind);
    const consequences = await consequencesOf(
      ctx,
      entry.id,
      irreversible.map(({ kind }) => kind),
    );
    const { undone: auditIds, final } = splitAtFinal(entry.id, consequences);
    const changes = await changesOf(ctx, auditIds);
    const reversals = reversalsOf(changes.filter((change) => !isFinal(change)));
    const current = await unchangedRecords(ctx, reversals, auditIds);
    const done: { change: RecordChange; row: Row }[] = [];
    for (const reversal of reversals) {
      const row = current.get(reversal.recordId);
      if (row) done.push(...(await takeBack(ctx, reversal, row)));
    }
    const { cancelled, sent } = await cancelQueued(ctx, auditIds);
    await forgetRepeats(ctx, memberOf(ctx).memberId);
    ctx.emit(changesUndone, {
      records: done.slice(0, mostTold).map(({ change: { kind, recordId } }) => ({ kind, id: recordId })),
    });
    const fields = await describeChanges(ctx, done);
    const made = new Set(reversals.filter((one) => one.wasCreated).map((one) => one.recordId));
    const records = done.map(({ change, row }, index) => ({
      kind: change.kind,
      number: change.number,
      label: ctx.catalog.recordKind(change.kind)?.label(row) ?? change.kind,
      op: change.op,
      wasCreated: made.has(change.recordId),
      fields: fields[index] ?? [],
    }));
    // What people know by a number comes before what hangs on it.
    records.sort((a, b) => Number(a.number === null) - Number(b.number === null));
    const stay = [...changes, ...(await changesOf(ctx, final))].filter(isFinal);
    return { line: entry.line, records, stay: await asTheyStand(ctx, irreversible, stay), cancelled, sent };
  },
  present: undoneCard,
});

/** Records an undo leaves as they are, with where they stand now. */
async function asTheyStand(
  ctx: Ctx,
  kinds: readonly RecordKind[],
  changes: readonly RecordChange[],
): Promise<Undone['stay']> {
  const found: Undone['stay'] = [];
  for (const kind of kinds) {
    const ids = new Set(changes.filter((one) => one.kind === kind.kind).map(({ recordId }) => recordId));
    if (ids.size === 0) continue;
    for (const row of (await readRecords(ctx, kind, [...ids])) as Row[]) {
      const at = kind.state ? String(row[kind.state]) : null;
      const state = (kind.state && at && kind.valueLabels?.[kind.state]?.[at]) || at;
      found.push({ kind: kind.kind, number: numberOf(kind, row) ?? null, label: kind.label(row), state });
    }
  }
  return found;
}

/** The actor's own entry, young enough, not undone yet, of an action that can be undone and may still be done. Throws AppError. */
async function undoableEntry(ctx: Ctx, id: string): Promise<AuditRow> {
  const entry = z.uuid().safeParse(id).success ? await readAudit(ctx, id) : undefined;
  if (!entry || entry.action === undoAction) throw new AppError('not_found', t('no-such-entry'));
  if (entry.actorId !== memberOf(ctx).memberId) {
    throw new AppError('forbidden', t('not-yours', { name: strong(entry.actorName) }));
  }
  const at = await undoneAt(ctx, entry);
  if (at) throw new AppError('conflict', t('already-undone', { at: instant(at, 'time') }));
  const action = ctx.catalog.action(entry.action);
  if (action?.noUndo) throw new AppError('rule', action.noUndo);
  if (action && !rolesAllow(action, memberOf(ctx).roles)) {
    const roles = action.roles === 'anyone' ? [] : action.roles;
    throw new AppError(
      'forbidden',
      engineMessages('not-allowed-nobody', { title: action.title, roles: listed([...roles]) }),
    );
  }
  if (!isUndoable(entry.at, ctx.now)) {
    const [first] = await changesOf(ctx, [entry.id]);
    throw new AppError(
      'expired',
      t('too-late', {
        at: instant(entry.at),
        minutes: undoMinutes,
        line: entry.line ? command(entry.line) : code(entry.action),
        why: command(`why ${first?.number ?? 'D-142'}`),
      }),
    );
  }
  return entry;
}

/** The records as they are now. Throws AppError `conflict` naming who changed what since, before anything is written. */
async function unchangedRecords(
  ctx: Ctx,
  reversals: readonly Reversal[],
  auditIds: readonly string[],
): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const name of new Set(reversals.map((reversal) => reversal.kind))) {
    const kind = ctx.catalog.recordKind(name);
    const ids = reversals.filter((reversal) => reversal.kind === name).map((reversal) => reversal.recordId);
    const read = kind ? ((await readRecords(ctx, kind, ids)) as Row[]) : [];
    for (const row of read) rows.set(String(row.id), row);
  }
  for (const reversal of reversals) {
    const row = rows.get(reversal.recordId);
    const kind = ctx.catalog.recordKind(reversal.kind);
    if (!row || !kind) {
      throw new AppError('rule', t('cannot-restore', { record: reversal.number ?? reversal.kind }));
    }
    if (row.version === reversal.version && !reversal.isInterrupted) continue;
    await refuseIfChanged(ctx, reversal, row, kind.label(row), auditIds);
  }
  return rows;
}

/** Passes when all that happened since was undone again. */
async function refuseIfChanged(
  ctx: Ctx,
  { recordId, number, firstVersion, version }: Reversal,
  row: Row,
  label: string,
  auditIds: readonly string[],
): Promise<void> {
  const later = await changesAfter(ctx, { recordId, version: firstVersion }, auditIds, laterLimit);
  const since = stillCounting(later);
  const known = Math.max(version, ...later.map((change) => change.version));
  if (since.length === 0 && row.version === known) return;
  const who = ({ actorName, actorId, at, line }: LaterChange) =>
    seq(
      actorId === null ? t('automatic') : strong(actorName),
      ' ',
      instant(at, 'time'),
      ...(line ? [' ', command(line)] : []),
    );
  throw new AppError(
    'conflict',
    t('changed-since', {
      record: strong(number ? `${number} ${label}` : label),
      changes: listed(since.slice(0, 5).map(who)),
      why: command(`why ${number ?? label}`),
    }),
  );
}

/** Writes one record back and gives the change it made. */
async function takeBack(
  ctx: Ctx,
  reversal: Reversal,
  row: Row,
): Promise<{ change: RecordChange; row: Row }[]> {
  const kind = ctx.catalog.recordKind(reversal.kind);
  if (!kind) return [];
  const made: RecordChange[] = [];
  const noting: Ctx = {
    ...ctx,
    changed(change) {
      made.push(change);
      ctx.changed(change);
    },
  };
  const patch = reversal.wasCreated ? { archivedAt: ctx.now } : fromNoted(kind, reversal.before);
  const after = (await changeRecord(noting, kind, row as never, patch)) as Row;
  return made.map((change) => ({ change, row: after }));
}
