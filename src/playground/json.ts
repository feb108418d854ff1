/** What arrives over the wire: an object whose fields nobody has looked at yet. */
export type Json = { [key: string]: unknown };

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The objects of a list; anything else in it is dropped. */
export function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** `undefined` for what isn't JSON. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}

/** A copy without the fields that are `undefined`. */
export function compact(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
