import { type Button, isLinkButton, type LinkButton } from '../../../view/card.ts';
import type { SealedPress } from '../../../view/press.ts';
import type { Reader } from '../../../view/reader.ts';
import type { Action, ActionSet } from '../adaptive-card.ts';
import { jsonBytes, limits } from '../limits.ts';
import { isLinkable, orDash, plainWords } from './inline.ts';

const styles = { primary: 'positive', danger: 'destructive' } as const;

/** Whether a press leads to a dialog although it does not say so itself. */
export type OpensForm = (press: SealedPress) => boolean;

/**
 * Buttons in as many sets as they need: one shows six, and shortens their titles when they are too wide for the
 * line. What Teams would refuse is left out (an address that is none, a press past the limit).
 */
export function renderButtons(
  buttons: readonly (Button | LinkButton)[],
  reader: Reader,
  opensForm: OpensForm = () => false,
): ActionSet[] {
  const actions = buttons
    .map((button) => renderButton(button, reader, opensForm))
    .filter((action) => action !== undefined);
  const sets: ActionSet[] = [];
  let room = 0;
  for (const action of actions) {
    const width = buttonWidth(action);
    const set = sets.at(-1);
    if (set && set.actions.length < limits.actions && width <= room) set.actions.push(action);
    else {
      sets.push({ type: 'ActionSet', actions: [action] });
      room = lineWidth;
    }
    room -= width;
  }
  return sets;
}

/** Of a card in the narrowest pane, in letters; measured with the edges of a button at four. */
const lineWidth = 48;

function buttonWidth({ title = '' }: Action): number {
  let width = 4;
  // Letters of East Asia are twice as wide.
  for (const sign of title) width += sign > '\u1100' ? 2 : 1;
  return width;
}

function renderButton(button: Button | LinkButton, reader: Reader, opensForm: OpensForm): Action | undefined {
  const title = orDash(plainWords(button.label, reader, limits.actionTitle));
  if (isLinkButton(button)) {
    return isLinkable(button.url) ? { type: 'Action.OpenUrl', title, url: button.url } : undefined;
  }
  const { style } = button;
  const press = wellFormed(button.press);
  if (jsonBytes(press) > limits.pressBytes) return undefined;
  const look = style === undefined ? { title } : { title, style: styles[style] };
  const isForm = ('form' in press && press.form === true) || opensForm(press);
  // Nothing but a submit with this mark opens a dialog: an execute can only answer with a card.
  if (isForm) {
    const data = { msteams: { type: 'task/fetch' as const }, press };
    return { type: 'Action.Submit', ...look, data, associatedInputs: 'none' };
  }
  return { type: 'Action.Execute', ...look, verb: 'press', data: { press }, associatedInputs: 'none' };
}

/** With half characters as they are read from any other input: Teams need not take them. */
export function wellFormed(press: SealedPress): SealedPress {
  return JSON.parse(JSON.stringify(press), (_, value) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
}
