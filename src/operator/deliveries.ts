import { parseArgs } from 'node:util';
import {
  countTrouble,
  type DeliveryView,
  deliveriesOf,
  openGates,
  pausedGates,
  sendAgain,
} from '../features/org/deliveries/api.ts';
import { operate } from '../runtime/execute.ts';
import { type OperatorCommand, UsageError } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage = 'deliveries [redrive] [--all] [--limit 50] [--organization <slug>]';

export const deliveriesCommand: OperatorCommand = {
  name: 'deliveries',
  usage,
  summary:
    'what did not arrive (--all: everything that was sent); redrive sends it again and opens shut places',
  async run(context) {
    const { values, positionals } = parseArgs({
      args: context.args,
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        limit: { type: 'string', default: '50' },
        organization: { type: 'string' },
      },
    });
    const [verb] = positionals;
    const limit = Number(values.limit);
    if ((verb !== undefined && verb !== 'redrive') || !Number.isInteger(limit) || limit < 1) {
      throw new UsageError(usage);
    }
    const { orgId } = await chosenOrganization(context, values.organization);
    const { out, core } = context;
    return operate(core.engine, { orgId, handler: 'deliveries' }, async (ctx) => {
      if (verb === 'redrive') {
        const opened = await openGates(ctx, undefined);
        const again = await sendAgain(ctx, undefined);
        out.line(`opened ${opened.gates} places, ${opened.messages + again} messages on their way`);
        return 0;
      }
      for (const { gate, reason, waiting, pausedAt } of await pausedGates(ctx, limit)) {
        out.line(`shut ${gate} since ${pausedAt}: ${reason}, ${waiting} held`);
      }
      const rows = await deliveriesOf(ctx, { isAll: values.all, limit, offset: 0 });
      for (const row of rows) out.line(lineOf(row));
      const { uncertain, paused, dead, waiting } = await countTrouble(ctx);
      out.line(`uncertain ${uncertain}, held ${paused}, dead ${dead}, on their way ${waiting}`);
      return 0;
    });
  },
};

function lineOf({ id, state, what, place, queuedAt, sentAt, attempts, reason }: DeliveryView): string {
  const where = place ? `${place.platform} ${place.kind} ${place.name ?? '?'}` : 'background';
  const told = reason === null ? '' : `, ${reason}`;
  return `${state}  ${sentAt ?? queuedAt}  ${where}  ${what}  ${attempts} tries${told}  ${id}`;
}
