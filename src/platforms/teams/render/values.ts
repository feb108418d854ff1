/**
 * Inputs tell what they hold by how their ids begin: Teams sends nothing but text back, and `true` may be a tick
 * or a word somebody typed.
 */
export const fieldPrefixes = { text: 'f:', flag: 'b:', many: 'm:' } as const;

export function fieldId(kind: keyof typeof fieldPrefixes, name: string): string {
  return `${fieldPrefixes[kind]}${name}`;
}

/**
 * What a submitted dialog holds, by field: text, a list for many-of, a boolean for flags; empty inputs are left
 * out, and so is everything that is no input of ours.
 */
export function decodeValues(inputs: Record<string, unknown>): Record<string, unknown> {
  const values: [string, unknown][] = [];
  for (const [id, input] of Object.entries(inputs)) {
    const name = id.slice(2);
    if (name === '') continue;
    const value = decodeInput(id.slice(0, 2), input);
    if (value !== undefined) values.push([name, value]);
  }
  return Object.fromEntries(values);
}

function decodeInput(prefix: string, input: unknown): unknown {
  switch (prefix) {
    case fieldPrefixes.text:
      // Phones send numbers for what looks like one.
      if (typeof input === 'number') return String(input);
      return typeof input === 'string' && input !== '' ? input : undefined;
    case fieldPrefixes.flag:
      return input === true || input === 'true';
    case fieldPrefixes.many:
      if (typeof input !== 'string') return undefined;
      return input.split(',').filter((value) => value !== '');
    default:
      return undefined;
  }
}
