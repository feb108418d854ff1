import { parseArgs } from 'node:util';
import { createOperatorCode } from '../infra/one-time-codes.ts';
import type { OperatorCommand } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage = 'link-code [--organization <slug>]';

export const linkCodeCommand: OperatorCommand = {
  name: 'link-code',
  usage,
  summary:
    'a code that connects a Teams tenant or a Slack workspace; whoever uses it becomes the first admin; shown once',
  async run(context) {
    const { values } = parseArgs({ args: context.args, options: { organization: { type: 'string' } } });
    const { orgId, slug } = await chosenOrganization(context, values.organization);
    const { core } = context;
    const code = await createOperatorCode(core.db, orgId);
    context.out.line(`link ${code}`);
    context.out.line(
      `(${slug}: send this line to the CRM app in Teams within an hour; its sender becomes admin)`,
    );
    return 0;
  },
};
