import type { Block, Button, Card, LinkButton } from '../../view/card.ts';
import { isLinkButton } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import { type Press, pressLimitBytes, type SealedPress } from '../../view/press.ts';
import type { Session } from '../session.ts';
import { opensForm } from './opens-form.ts';

/** Whether any button or form of an outcome carries more than a platform lets it. */
export function hasLargePress(outcome: Outcome): boolean {
  if (outcome.kind === 'options') return false;
  if (outcome.kind === 'form' || outcome.kind === 'form-errors') return isLarge(outcome.form.press);
  let large = false;
  mapButtons(outcome.card, (button) => {
    large ||= isLarge(button.press);
    return button;
  });
  return large;
}

/** Stores what is too large; the button then carries the id, and only this member may press it. */
export async function seal(session: Session, outcome: Outcome): Promise<Outcome> {
  const { engine, tx, org, actor, now } = session;
  if (actor.kind !== 'member' || outcome.kind === 'options') return outcome;
  const store = async (press: SealedPress): Promise<SealedPress> =>
    'p' in press || !isLarge(press)
      ? press
      : {
          p: await engine.pending.save(tx, org.id, actor.memberId, press, now),
          ...(opensForm(engine.registry, press) ? { form: true as const } : {}),
        };
  if (outcome.kind === 'form' || outcome.kind === 'form-errors') {
    return { ...outcome, form: { ...outcome.form, press: await store(outcome.form.press) } };
  }
  const sealed = new Map<SealedPress, SealedPress>();
  const presses: SealedPress[] = [];
  mapButtons(outcome.card, (button) => {
    presses.push(button.press);
    return button;
  });
  for (const press of presses) sealed.set(press, await store(press));
  const card = mapButtons(outcome.card, (button) => ({
    ...button,
    press: sealed.get(button.press) ?? button.press,
  }));
  return { ...outcome, card };
}

/** A card without the buttons that carry too much, where they could not be stored. */
export function withoutLargePresses(card: Card): Card {
  const fits = (button: Button | LinkButton) => isLinkButton(button) || !isLarge(button.press);
  const blocks = card.blocks.flatMap((block): Block[] => {
    if (block.t === 'buttons') {
      const buttons = block.buttons.filter(fits);
      return buttons.length > 0 ? [{ ...block, buttons }] : [];
    }
    if (block.t !== 'rows') return [block];
    return [
      {
        ...block,
        rows: block.rows.map((row) => (row.buttons ? { ...row, buttons: row.buttons.filter(fits) } : row)),
      },
    ];
  });
  return { ...card, blocks };
}

function isLarge(press: SealedPress): press is Press {
  return Buffer.byteLength(JSON.stringify(press)) > pressLimitBytes;
}

function mapButtons(card: Card, change: (button: Button) => Button): Card {
  const any = (button: Button | LinkButton) => (isLinkButton(button) ? button : change(button));
  const blocks = card.blocks.map((block): Block => {
    if (block.t === 'buttons') return { ...block, buttons: block.buttons.map(any) };
    if (block.t !== 'rows') return block;
    return {
      ...block,
      rows: block.rows.map((row) => (row.buttons ? { ...row, buttons: row.buttons.map(change) } : row)),
    };
  });
  return { ...card, blocks };
}
