import type { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { fieldMeta, isOptionalField } from '../../kernel/fields.ts';
import { parseNumber } from '../../kernel/ids.ts';
import { command } from '../../kernel/text.ts';
import type { Block, Button, Card } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Press } from '../../view/press.ts';
import { type Call, FormWanted, type Performed, perform } from '../execute.ts';
import { isAboutRecord, typedForm } from '../generic-verbs.ts';
import { printLine } from '../grammar/print.ts';
import { engineMessages as t } from '../messages.ts';
import { rolesAllow } from '../registry.ts';
import { AmbiguousRef } from '../resolve.ts';
import { rollBackWith, type Session } from '../session.ts';
import { candidatesCard, correction, errorCard } from './error-card.ts';
import { formFor } from './form.ts';
import { lineMeant } from './line-meant.ts';

/**
 * Performs a call and says what to show: the result, a form for what is missing, a question, or the way out of
 * an error. An error leaves the transaction rolled back.
 */
export async function answer(session: Session, call: Call): Promise<Outcome> {
  let performed: Performed;
  let last = call;
  try {
    performed = await perform(session, call, (forward) => {
      last = forward;
    });
  } catch (error) {
    if (error instanceof FormWanted) return rollBackWith(await formFor(session, error.call, []));
    if (!(error instanceof AppError)) throw error;
    return rollBackWith(await wayOut(session, last, error));
  }
  const outcome = resultOf(performed, call);
  return call.dryRun ? rollBackWith(outcome) : outcome;
}

/** What came of a call, as an outcome: what was done is no refusal, even where its card says no. */
export function resultOf(performed: Performed, call: Call): Outcome {
  const card = resultCard(performed, call);
  if (performed.kind === 'confirm' || call.dryRun) return { kind: 'card', card };
  const isChange = performed.action.effect === 'write';
  return { kind: 'card', card, refused: false, ...(isChange ? { done: true } : {}) };
}

/** The card of a performed call: its own, then the canonical line and Undo for writes. */
export function resultCard(performed: Performed, call: Call): Card {
  if (performed.kind === 'confirm') {
    const { card, action, input } = performed;
    const confirm: Button = {
      label: t('confirm'),
      press: { a: action.name, i: input, ok: true },
      style: 'primary',
    };
    return { ...card, blocks: [...card.blocks, { t: 'buttons', buttons: [confirm] }] };
  }
  const { action } = performed;
  const card = performed.card ?? { tone: 'ok', title: t('done', { title: action.title }), blocks: [] };
  if (call.dryRun) {
    const line = performed.line ?? action.name;
    const run: Button = { label: t('run-it'), press: { a: 'line', i: { line } }, style: 'primary' };
    return {
      tone: 'info',
      title: t('dry-run', { line: command(line) }),
      blocks: [
        ...(card.title === undefined ? [] : [{ t: 'text' as const, of: card.title }]),
        ...card.blocks.flatMap(withoutButtons),
        { t: 'buttons', buttons: [run] },
      ],
    };
  }
  if (action.effect === 'read' || !performed.canUndo) return card;
  const undo: Button = { label: t('undo'), press: { a: 'audit.undo', i: { audit: performed.auditId } } };
  const blocks = [...card.blocks];
  const last = blocks.at(-1);
  if (performed.line !== undefined)
    blocks.splice(last?.t === 'buttons' ? -1 : blocks.length, 0, {
      t: 'context',
      of: command(performed.line),
    });
  const tail = blocks.at(-1);
  if (tail?.t === 'buttons') blocks[blocks.length - 1] = { ...tail, buttons: [...tail.buttons, undo] };
  else blocks.push({ t: 'buttons', buttons: [undo] });
  return { ...card, blocks };
}

/** Nothing of a dry run is there to be pressed. */
function withoutButtons(block: Block): Block[] {
  if (block.t === 'buttons') return [];
  if (block.t !== 'rows') return [block];
  return [{ ...block, rows: block.rows.map(({ buttons: _, ...row }) => row) }];
}

async function wayOut(session: Session, call: Call, error: AppError): Promise<Outcome> {
  const { action, raw } = call;
  if (error instanceof AmbiguousRef) return { kind: 'card', card: candidatesCard(error, action.name, raw) };
  if (error.code !== 'invalid_input') {
    const meant = await lineMeant(session, call, error);
    if (meant !== undefined) {
      const { text, button } = correction(meant);
      const card = errorCard(error, '', [button]);
      return { kind: 'card', card: { ...card, blocks: [text, ...card.blocks] }, refused: true };
    }
    return { kind: 'card', card: errorCard(error, '', creations(session, call, error)), refused: true };
  }
  const onlyMissing = error.fields.length > 0 && error.fields.every((field) => field.missing);
  if (onlyMissing && action.form !== 'never') {
    // That a required field is empty can be seen; why an optional one is asked for (a reason, a way to somebody)
    // has to be said.
    const rules = error.fields.filter(({ field }) => {
      const schema = action.input.shape[field];
      return schema !== undefined && isOptionalField(schema);
    });
    return formFor(session, call, rules);
  }
  return { kind: 'card', card: correctedCard(session, call, error) };
}

/** What is not found yet can be saved first, by whoever may, where a line was to add something to it. */
function creations(session: Session, { action, raw }: Call, { code, fields }: AppError): Button[] {
  const [field] = fields;
  const { registry } = session.engine;
  if (code !== 'not_found' || !field || action.effect !== 'write' || isAboutRecord(registry, action))
    return [];
  const name = raw[field.field];
  const schema = action.input.shape[field.field];
  if (typeof name !== 'string' || parseNumber(name) || !schema) return [];
  const roles = session.actor.kind === 'member' ? session.actor.roles : [];
  return (fieldMeta(schema as z.ZodType)?.lookups ?? []).flatMap((kind) => {
    const create = registry.lookup(kind)?.create;
    const creating = create && registry.action(create.action);
    if (!creating || !rolesAllow(creating, roles)) return [];
    const press: Press = { a: create.action, i: { [create.field]: name }, form: true };
    return [{ label: create.label, press, style: 'primary' as const }];
  });
}

/** The refused line with the values we think were meant, one click away; or the form, with everything kept. */
function correctedCard(session: Session, call: Call, error: AppError): Card {
  const { action, raw } = call;
  const card = errorCard(error, '');
  const buttons: Button[] = [];
  const fixes = error.fields.filter((field) => field.suggestion !== undefined);
  const typed = typedForm(session.engine.registry, action);
  if (fixes.length > 0 && fixes.length === error.fields.length && typed) {
    const fixed = { ...raw, ...Object.fromEntries(fixes.map((field) => [field.field, field.suggestion])) };
    const { text, button } = correction(printLine(typed, fixed, session.read));
    card.blocks.push(text);
    buttons.push(button);
  }
  if (action.form !== 'never') {
    buttons.push({ label: t('fill-in'), press: { a: action.name, i: raw, form: true } });
  }
  if (buttons.length > 0) card.blocks.push({ t: 'buttons', buttons });
  return card;
}
