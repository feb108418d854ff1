/** Languages every text exists in. */
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/**
 * Platform-neutral inline text. A bare string is literal: whatever a customer is called, it stays dead text on
 * every surface. Words of ours are `msg` nodes (catalog key and values), made into words only when rendered,
 * in the reader's language and zone.
 */
export type Inline =
  | string
  | { t: 'msg'; key: string; values?: Record<string, InlineValue> }
  | { t: 'seq'; of: Inline[]; separator?: string }
  | { t: 'strong' | 'em' | 'strike' | 'code'; of: Inline }
  | { t: 'money'; amountMinor: string; currency: string }
  | { t: 'percent'; basisPoints: number }
  | { t: 'number'; value: number }
  | { t: 'day'; on: string }
  | { t: 'instant'; at: string; style: 'datetime' | 'time' }
  /** A person of the organization; `mention` notifies, else only the name is shown. */
  | { t: 'person'; memberId: string; name: string; mention?: boolean }
  /** A line to type; each platform prints it in the form that works there (`/crm …`, `@CRM …`). */
  | { t: 'command'; line: string; chinese?: string }
  | { t: 'link'; of: Inline; url: string };

/** What a message placeholder takes: numbers stay numbers so that plurals work. */
export type InlineValue = Inline | number;

export function seq(...of: Inline[]): Inline {
  return { t: 'seq', of };
}

/** Joins the given parts with ` · `, dropping `undefined` and empty strings. */
export function dotted(...of: (Inline | undefined)[]): Inline {
  return {
    t: 'seq',
    of: of.filter((part): part is Inline => part !== undefined && part !== ''),
    separator: ' · ',
  };
}

/** Joins with a comma in the reader's language's usual form. */
export function listed(of: Inline[]): Inline {
  return { t: 'seq', of, separator: ', ' };
}

export function strong(of: Inline): Inline {
  return { t: 'strong', of };
}

export function em(of: Inline): Inline {
  return { t: 'em', of };
}

export function strike(of: Inline): Inline {
  return { t: 'strike', of };
}

export function code(of: Inline): Inline {
  return { t: 'code', of };
}

export function day(on: string): Inline {
  return { t: 'day', on };
}

export function instant(at: Date | string, style: 'datetime' | 'time' = 'datetime'): Inline {
  return { t: 'instant', at: typeof at === 'string' ? at : at.toISOString(), style };
}

export function money(amount: { amountMinor: bigint; currency: string }): Inline {
  return { t: 'money', amountMinor: amount.amountMinor.toString(), currency: amount.currency };
}

export function percent(basisPoints: number): Inline {
  return { t: 'percent', basisPoints };
}

export function count(value: number): Inline {
  return { t: 'number', value };
}

export function person(who: { memberId: string; name: string; mention?: boolean }): Inline {
  return { t: 'person', ...who };
}

/** `line` without the leading `/crm`. `chinese`: the whole line where more of it is language than its verb and keys. */
export function command(line: string, chinese?: string): Inline {
  return chinese === undefined ? { t: 'command', line } : { t: 'command', line, chinese };
}

/** A record the way people name it: its number and its name, both bold. */
export function record(number: string, label?: string): Inline {
  return strong(label ? `${number} ${label}` : number);
}
