import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { addApiMember } from '../infra/api-members.ts';
import { type Role, roles } from '../kernel/context.ts';
import { hashOfKey } from '../platforms/http/authenticate.ts';
import { type OperatorCommand, UsageError } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage = 'api-key create --role <role>[,<role>] [--name <what it is for>] [--organization <slug>]';

export const apiKeyCommand: OperatorCommand = {
  name: 'api-key',
  usage,
  summary: 'make a bearer key for the REST interface; it is shown once',
  async run(context) {
    const { values, positionals } = parseArgs({
      args: context.args,
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        name: { type: 'string', default: 'API' },
        organization: { type: 'string' },
      },
    });
    const wanted = (values.role ?? '').split(',').filter(Boolean);
    const unknown = wanted.filter((role) => !(roles as readonly string[]).includes(role));
    if (positionals[0] !== 'create' || wanted.length === 0) throw new UsageError(usage);
    if (unknown.length > 0)
      throw new UsageError(`--role ${unknown.join(', ')}: there are ${roles.join(', ')}`);
    const { orgId, slug } = await chosenOrganization(context, values.organization);
    const key = `parley_${randomBytes(32).toString('base64url')}`;
    const keyHash = hashOfKey(key);
    await addApiMember(context.core.db, {
      orgId,
      memberId: uuidv7(),
      name: values.name,
      roles: wanted as Role[],
      keyHash,
      now: context.core.engine.clock.now(),
    });
    context.out.line(key);
    context.out.line(`(${slug}: ${wanted.join(', ')}; keep it now, only its hash is stored)`);
    return 0;
  },
};
