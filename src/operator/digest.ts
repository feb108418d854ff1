import { parseArgs } from 'node:util';
import {
  asMember,
  type Composed,
  compose,
  dayBefore,
  previewOf,
  usualRules,
  type Whose,
  whoseOf,
} from '../features/insight/digests/api.ts';
import { readChart } from '../features/sales/deals/api.ts';
import { membersOfUnit } from '../features/sales/deals/funnel-rules.ts';
import { dayIn, instantOf, isDay } from '../kernel/dates.ts';
import { sumByCurrency } from '../kernel/money.ts';
import type { Ctx } from '../runtime/context.ts';
import { type DigestKind, digestKinds } from '../runtime/digest.ts';
import { operate } from '../runtime/execute.ts';
import { cardText } from '../view/plain-text.ts';
import type { Reader } from '../view/reader.ts';
import { plain } from '../view/spans.ts';
import { type OperatorCommand, UsageError } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage =
  'digest preview --scope org|region:<name>|team:<name>|me:<email> [--on YYYY-MM-DD] [--kind team|morning|process|ledger|branches] [--organization <slug>] [--json]';

export const digestCommand: OperatorCommand = {
  name: 'digest',
  usage,
  summary: 'show what a digest says, without sending it; with --json the records behind its numbers',
  async run(context) {
    const { values, positionals } = parseArgs({
      args: context.args,
      allowPositionals: true,
      options: {
        scope: { type: 'string', default: 'org' },
        on: { type: 'string' },
        kind: { type: 'string' },
        organization: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals[0] !== 'preview') throw new UsageError(usage);
    const { on, kind } = values;
    if (on !== undefined && !isDay(on)) throw new UsageError(`--on ${on} is no day, e.g. 2026-11-03`);
    const asked = digestKinds.find((one) => one === kind);
    if (kind !== undefined && !asked) throw new UsageError(`--kind ${kind}: take ${digestKinds.join(', ')}`);
    const { orgId } = await chosenOrganization(context, values.organization);
    const { engine, translate } = context.core;
    const { composed, reader } = await operate(
      engine,
      { orgId, handler: 'operator.digest', deadlineMs: 10 * 60_000, dryRun: true },
      async (ctx) => {
        const whose = await whoseOfScope(ctx, values.scope, asked);
        return {
          composed: await composeOn(whose, on),
          reader: {
            locale: ctx.org.locale,
            timeZone: whose.timeZone,
            translate,
            commandLine: (line: string) => `/crm ${line}`,
          },
        };
      },
    );
    if (values.json) context.out.line(JSON.stringify(figuresOf(composed, values.scope, reader), null, 2));
    else context.out.line(textOf(composed, reader));
    return 0;
  },
};

interface Wanted extends Whose {
  ctx: Ctx;
  kind: DigestKind;
  memberId: string | undefined;
  timeZone: string;
}

/** Whose records it is about. Of a person: what they may see themselves. Throws UsageError. */
async function whoseOfScope(ctx: Ctx, scope: string, kind: DigestKind | undefined): Promise<Wanted> {
  const [what = '', ...rest] = scope.split(':');
  const name = rest.join(':').trim();
  const { timeZone } = ctx.org;
  const base = { ctx, kind: kind ?? 'team', memberId: undefined, timeZone };
  if (what === 'org') {
    return { ...base, owners: { all: true }, scope: { kind: 'all', name: null, isPartial: false } };
  }
  if (what === 'me') {
    const found = await ctx.resolve(['member'], name).catch(() => undefined);
    const memberId = found?.id;
    const own = memberId === undefined ? undefined : await asMember(ctx, memberId);
    if (!own) throw new UsageError(`--scope me:${name} – nobody active has this e-mail address`);
    const whose = await whoseOf(own, kind ?? 'morning', undefined);
    return { ctx: own, kind: kind ?? 'morning', memberId, timeZone: own.read.timeZone, ...whose };
  }
  if (what !== 'region' && what !== 'team') throw new UsageError(usage);
  const { members, units } = await readChart(ctx);
  const unit = units.find((one) => one.kind === what && one.name.toLowerCase() === name.toLowerCase());
  if (!unit) {
    const known = units.filter((one) => one.kind === what).map((one) => `${what}:${one.name}`);
    throw new UsageError(`there is no ${what} ${name}; there are: ${known.join(', ')}`);
  }
  const memberIds = membersOfUnit(members, units, unit.id, false);
  return { ...base, owners: { memberIds }, scope: { kind: 'unit', name: unit.name, isPartial: false } };
}

function composeOn({ ctx, ...wanted }: Wanted, on: string | undefined): Promise<Composed> {
  const { kind, timeZone } = wanted;
  const rule = usualRules[kind];
  const now = on === undefined ? ctx.now : instantOf(on, 'at' in rule ? rule.at : '09:00', timeZone);
  return compose(ctx, { ...wanted, on: on ?? dayIn(now, timeZone), now, since: dayBefore(now) });
}

function textOf({ said, isEmpty }: Composed, reader: Reader): string {
  return isEmpty ? 'nothing to say: no digest would be sent' : cardText(previewOf(said, {}), reader);
}

function figuresOf({ said, figures }: Composed, scope: string, reader: Reader): unknown {
  return {
    kind: said.kind,
    scope,
    on: said.on,
    asOf: said.asOf,
    figures: [...figures.values()].map(({ name, label, rows }) => {
      const amounts = rows.flatMap(({ amount }) => amount ?? []);
      return {
        name,
        label: plain(label, reader),
        count: rows.length,
        withoutAmount: rows.length - amounts.length,
        sums: sumByCurrency(amounts).map(minor),
        rows: rows.map(({ kind, id, ownerId, amount }) => ({
          kind,
          id,
          ownerId,
          amount: amount ? minor(amount) : null,
        })),
      };
    }),
  };
}

function minor({ amountMinor, currency }: { amountMinor: bigint; currency: string }) {
  return { amountMinor: amountMinor.toString(), currency };
}
