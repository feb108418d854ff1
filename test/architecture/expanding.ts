/** A statement of a migration that the version before it cannot live with. */
export interface Contraction {
  statement: string;
  why: string;
}

const breakpoint = '--> statement-breakpoint';
/** Written before a statement that takes away what the version before it does not use any more. */
const marker = /^-- contract: \S.*$/m;

/** What breaks a service that does not know of it yet; `table`: only where the table was there before. */
const rules: { pattern: RegExp; why: string; table?: RegExp }[] = [
  { pattern: /\bdrop\s+(table|column|type|function|view|schema)\b/i, why: 'takes away what is still used' },
  { pattern: /\brename\b/i, why: 'takes the old name away' },
  { pattern: /\balter\s+column\b[^;]*\b(set\s+data\s+)?type\b/i, why: 'changes what is read' },
  { pattern: /\bset\s+not\s+null\b/i, why: 'refuses rows the old version writes' },
  { pattern: /\bdrop\s+default\b/i, why: 'refuses rows the old version writes' },
  {
    pattern: /\badd\s+column\b(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/i,
    why: 'refuses rows the old version writes',
  },
  {
    pattern: /\balter\s+table\b[^;]*\badd\s+constraint\b/i,
    table: /\balter\s+table\s+(?:only\s+)?"?(\w+)/i,
    why: 'may refuse rows the old version writes',
  },
  {
    pattern: /\bcreate\s+unique\s+index\b/i,
    table: /\bon\s+"?(\w+)/i,
    why: 'may refuse rows the old version writes',
  },
];

/** Statements of one migration that take away or forbid something, but for those that say why they may. */
export function contractions(sql: string): Contraction[] {
  const made = new Set([...sql.matchAll(/\bcreate\s+table\s+"?(\w+)/gi)].map(([, name]) => name));
  return sql.split(breakpoint).flatMap((statement) => {
    if (marker.test(statement)) return [];
    const bare = statement.replace(/^\s*--.*$/gm, '').trim();
    const broken = rules.filter(
      ({ pattern, table }) => pattern.test(bare) && !(table && made.has(table.exec(bare)?.[1] ?? '')),
    );
    return broken.map(({ why }) => ({ statement: bare, why }));
  });
}
