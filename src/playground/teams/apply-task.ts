import { asJson, asText, isJson, type Json } from '../json.ts';
import type { Answer } from './delivery.ts';
import type { Desk, Scene } from './desk.ts';
import { drawDialog } from './screen.ts';
import type { TeamsDialog } from './screen-model.ts';
import { problemLine, validateCard } from './validate.ts';
import { failureOf, useless } from './watch.ts';
import type { StoredDialog } from './world.ts';

/** What an answer to `task/…` makes the client do. */
export type TaskAnswer =
  | { kind: 'dialog'; dialog: Pick<TeamsDialog, 'title' | 'card' | 'url' | 'width' | 'height'> }
  | { kind: 'toast'; toast: string }
  | { kind: 'close' }
  | { kind: 'error'; error: string };

export function readTaskAnswer(answer: Answer): TaskAnswer {
  const failed = failureOf(answer);
  if (failed) return { kind: 'error', error: failed };
  const { body } = answer;
  if (isEmpty(body)) return { kind: 'close' };
  const { type, value } = asJson(asJson(body).task);
  if (type === 'message' && typeof value === 'string' && value) return { kind: 'toast', toast: value };
  if (type === 'continue' && isJson(value)) return readDialog(value);
  return { kind: 'error', error: `${useless} (no task to continue, and no message)` };
}

export function isEmpty(body: unknown): boolean {
  return (
    body === undefined || body === null || body === '' || (isJson(body) && Object.keys(body).length === 0)
  );
}

function readDialog({ title, card, url, width, height }: Json): TaskAnswer {
  const problem = (text: string): TaskAnswer => ({ kind: 'error', error: `${useless} (${text})` });
  if (!asText(title)) return problem('a dialog without a title');
  if (!isSize(width) || !isSize(height)) return problem('a size that is no number and none of the names');
  const sizes = {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
  if (typeof url === 'string') return { kind: 'dialog', dialog: { title: asText(title), url, ...sizes } };
  const { contentType, content } = asJson(card);
  if (contentType !== 'application/vnd.microsoft.card.adaptive') return problem('neither card nor url');
  const problems = validateCard(content);
  if (problems.length > 0) return problem(problems.map(problemLine).join('; '));
  return { kind: 'dialog', dialog: { title: asText(title), card: asJson(content), ...sizes } };
}

function isSize(size: unknown): size is number | 'small' | 'medium' | 'large' | undefined {
  return (
    size === undefined || typeof size === 'number' || ['small', 'medium', 'large'].includes(String(size))
  );
}

/** Shows a dialog in front; what was open before is gone, as Teams shows one at a time. */
export function openDialog(
  desk: Desk,
  { tenant, user, place }: Scene,
  dialog: Omit<StoredDialog, 'id' | 'tenant' | 'user' | 'conversation'>,
): string {
  const open = desk.world.dialogs.find((one) => one.tenant === tenant.id && one.user === user.aadObjectId);
  if (open) closeDialog(desk, open);
  const opened: StoredDialog = {
    ...dialog,
    id: desk.world.nextId('dialog-'),
    tenant: tenant.id,
    user: user.aadObjectId,
    conversation: place.id,
  };
  desk.world.dialogs.push(opened);
  changed(desk, opened, 'dialog_opened');
  return opened.id;
}

/** The same dialog with other contents. */
export function changeDialog(
  desk: Desk,
  dialog: StoredDialog,
  contents: Pick<TeamsDialog, 'title' | 'card' | 'url' | 'width' | 'height'>,
): void {
  for (const name of ['card', 'url', 'width', 'height'] as const) delete dialog[name];
  Object.assign(dialog, contents);
  changed(desk, dialog, 'dialog_updated');
}

export function closeDialog(desk: Desk, dialog: StoredDialog): void {
  desk.world.dialogs = desk.world.dialogs.filter((one) => one !== dialog);
  changed(desk, dialog, 'dialog_closed');
}

function changed(
  desk: Desk,
  dialog: StoredDialog,
  kind: 'dialog_opened' | 'dialog_updated' | 'dialog_closed',
): void {
  desk.world.changed({ kind, tenant: dialog.tenant, user: dialog.user, dialog: drawDialog(dialog) });
}
