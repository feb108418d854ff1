import { renewTokens } from '../infra/installations.ts';
import { type OperatorCommand, UsageError } from './command.ts';

const usage = 'secrets rotate';

export const secretsCommand: OperatorCommand = {
  name: 'secrets',
  usage,
  summary: 'seal stored tokens with the first key of ENCRYPTION_KEY; afterwards the old key can go',
  async run({ core, args, out }) {
    if (args.length !== 1 || args[0] !== 'rotate') throw new UsageError(usage);
    if (!core.secrets) {
      throw new UsageError('ENCRYPTION_KEY is not set: the new key, a comma, the old key');
    }
    const checks = await renewTokens(core.db, core.secrets);
    const lost = checks.filter(({ state }) => state === 'lost');
    const renewed = checks.filter(({ state }) => state === 'outdated').length;
    out.line(`tokens: ${renewed} sealed anew, ${checks.length - renewed - lost.length} were current`);
    for (const { name, externalId } of lost) {
      out.line(
        `FAIL  ${name} (${externalId}): no key opens its token. Add the key it was sealed with, or install the app there again.`,
      );
    }
    return lost.length > 0 ? 1 : 0;
  },
};
