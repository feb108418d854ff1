import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exportTable } from '../features/org/imports/api.ts';
import { operate } from '../runtime/execute.ts';
import { type OperatorCommand, UsageError } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage = 'export <folder> [--organization <slug>]';

export const exportCommand: OperatorCommand = {
  name: 'export',
  usage,
  summary: 'write every kind of record as CSV; importing it again changes nothing',
  async run(context) {
    const { values, positionals } = parseArgs({
      args: context.args,
      allowPositionals: true,
      options: { organization: { type: 'string' } },
    });
    const [folder] = positionals;
    if (!folder) throw new UsageError(usage);
    const { orgId } = await chosenOrganization(context, values.organization);
    const home = resolve(context.cwd, folder);
    await mkdir(home, { recursive: true });
    const { engine, registry } = context.core;
    await operate(engine, { orgId, handler: 'operator.export', deadlineMs: 30 * 60_000 }, async (ctx) => {
      for (const importer of registry.importers()) {
        const file = createWriteStream(join(home, `${importer.kind}.csv`));
        let lines = -1;
        for await (const piece of exportTable(ctx, importer)) {
          lines += piece.split('\r\n').length - 1;
          if (!file.write(piece)) await once(file, 'drain');
        }
        file.end();
        await once(file, 'finish');
        context.out.line(`${importer.kind}.csv: ${lines} lines`);
      }
    });
    return 0;
  },
};
