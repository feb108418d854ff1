import type { Ctx } from '../../../src/runtime/context.ts';
import type { DigestFigure, DigestKind, DigestLine, DigestScope } from '../../../src/runtime/digest.ts';
import { executeSystem } from '../../../src/runtime/execute.ts';
import { plain } from '../../../src/view/spans.ts';
import type { TestApp } from '../../support/app.ts';

export interface Read {
  lines: (DigestLine & { section: string })[];
  text: string;
  /** Rows by figure. */
  figures: Map<string, DigestFigure>;
}

/** A digest of somebody's own records. */
export async function ownScope(app: TestApp, key: string): Promise<Pick<DigestScope, 'owners' | 'memberId'>> {
  const memberId = await app.as(key).memberId();
  return { owners: { memberIds: [memberId] }, memberId };
}

/** What all features say in a digest, in its order, as the job that sends it reads it. */
export async function readDigest(
  app: TestApp,
  kind: DigestKind,
  scope: Partial<DigestScope> & Pick<DigestScope, 'owners'>,
  locale: 'en' | 'zh-CN' = 'en',
): Promise<Read> {
  const now = app.clock.now();
  const whole: DigestScope = {
    kind,
    memberId: undefined,
    on: now.toISOString().slice(0, 10),
    timeZone: 'UTC',
    now,
    since: new Date(now.getTime() - 86_400_000),
    ...scope,
  };
  const lines: Read['lines'] = [];
  await inJob(app, async (ctx) => {
    for (const part of app.registry.digestParts(kind)) {
      for (const line of await part.read(ctx, whole)) lines.push({ ...line, section: part.section });
    }
  });
  const reader = {
    locale,
    timeZone: whole.timeZone,
    translate: app.translate,
    commandLine: (line: string) => `/crm ${line}`,
  };
  const figures: Read['figures'] = new Map();
  for (const line of lines) {
    for (const figure of line.figures ?? []) {
      if (figures.has(figure.name)) throw new Error(`two figures ${figure.name}`);
      figures.set(figure.name, figure);
    }
  }
  return {
    lines,
    figures,
    text: lines.map((line) => `${line.section}: ${plain(line.text, reader)}`).join('\n'),
  };
}

export function inJob(app: TestApp, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  const who = { kind: 'system', orgId: app.orgId, handler: 'digests.run', causeAuditId: null } as const;
  return executeSystem(app.engine, who, work, async () => undefined);
}

/** Records and sums per currency of a figure, in the order of the script that reckons it again. */
export function sumsOf(figure: DigestFigure): Sum[] {
  const sums = new Map<string, { currency: string | null; records: number; amount: bigint | null }>();
  for (const { amount } of figure.rows) {
    const currency = amount?.currency ?? null;
    const sum = sums.get(String(currency)) ?? { currency, records: 0, amount: null };
    sums.set(String(currency), sum);
    sum.records += 1;
    if (amount) sum.amount = (sum.amount ?? 0n) + amount.amountMinor;
  }
  return [...sums.values()]
    .map(({ currency, records, amount }) => ({ currency, records, amountMinor: amount?.toString() ?? null }))
    .toSorted((a, b) => ((a.currency ?? '~') < (b.currency ?? '~') ? -1 : 1));
}

export interface Sum {
  currency: string | null;
  records: number;
  amountMinor: string | null;
}
