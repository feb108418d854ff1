import { besideEachOther, fillFrom, type MergeRow } from '../accounts/api.ts';
import { type ContactChange, type ContactField, type ContactView, contactFields } from './model.ts';
import type { ContactRow } from './record.ts';

/** The fields of a person as text. */
function fieldValues(view: ContactView): Record<ContactField, string | null> {
  return {
    name: view.name,
    account: view.account && `${view.account.number} ${view.account.name}`,
    title: view.title,
    role: view.role,
    email: view.email,
    phone: view.phone,
    left: view.leftAt,
    note: view.note,
  };
}

/** Fields in which two readings of a person differ, in the order they are shown. */
export function differences(before: ContactView, after: ContactView): ContactChange[] {
  const old = fieldValues(before);
  const now = fieldValues(after);
  return contactFields.flatMap((field) =>
    old[field] === now[field] ? [] : [{ field, before: old[field], after: now[field] }],
  );
}

const columnsOf = {
  name: ['name', 'nameKey'],
  account: ['accountId'],
  title: ['title'],
  role: ['role'],
  email: ['email'],
  phone: ['phone', 'phoneKey'],
  note: ['note'],
} as const satisfies Partial<Record<ContactField, readonly (keyof ContactRow)[]>>;

export type TakeableField = keyof typeof columnsOf;
export const takeableFields = Object.keys(columnsOf) as TakeableField[];

/** What the kept person gets from the other record: blanks, and the fields in `take`. */
export function mergePatch(
  kept: ContactRow,
  gone: ContactRow,
  take: readonly TakeableField[],
): Partial<ContactRow> {
  return fillFrom(kept, gone, columnsOf, take);
}

export function mergeRows(
  kept: ContactView,
  gone: ContactView,
  patch: Partial<ContactRow>,
): MergeRow<ContactField>[] {
  return besideEachOther(contactFields, fieldValues(kept), fieldValues(gone), (field) =>
    field === 'left' ? false : columnsOf[field][0] in patch,
  );
}
