/** `09:12` */
export function clockTime(at: number, locale: string, timeZone: string): string {
  return format(new Date(at), locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** `Tuesday, 4 November`. */
export function dayName(at: Date, locale: string, timeZone: string): string {
  return format(at, locale, { timeZone, weekday: 'long', month: 'long', day: 'numeric' });
}

/** `Tue 4 Nov, 09:12`. */
export function moment(at: Date, locale: string, timeZone: string): string {
  return format(at, locale, {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

export function format(at: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === 'en-US' ? 'en-GB' : locale, options).format(at);
}

/** `2026-11-04T09:12` as read on a clock in that zone: what a date-and-time field shows. */
export function localText(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return parts.replace(' ', 'T');
}

/** The instant at which a clock in that zone shows this. */
export function instantOf(local: string, timeZone: string): Date {
  const wanted = Date.parse(`${local}Z`);
  let guess = wanted;
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round++) {
    guess += wanted - Date.parse(`${localText(new Date(guess), timeZone)}Z`);
  }
  return new Date(guess);
}

/** The next 09:00 after `from` in that zone that isn't today's. */
export function nextMorning(from: Date, timeZone: string): Date {
  const [day = ''] = localText(from, timeZone).split('T');
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return instantOf(`${next}T09:00`, timeZone);
}
