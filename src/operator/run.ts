import { apiKeyCommand } from './api-key.ts';
import { type CommandContext, type OperatorCommand, UsageError } from './command.ts';
import { deliveriesCommand } from './deliveries.ts';
import { digestCommand } from './digest.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { linkCodeCommand } from './link-code.ts';
import { organizationCommand } from './organization.ts';
import { secretsCommand } from './secrets.ts';

/** Commands that need the database, in the order help lists them. */
export const operatorCommands: readonly OperatorCommand[] = [
  deliveriesCommand,
  digestCommand,
  organizationCommand,
  importCommand,
  exportCommand,
  apiKeyCommand,
  linkCodeCommand,
  secretsCommand,
];

/** Runs one command; problems with the call are explained, not thrown. Returns the exit code. */
export async function runOperatorCommand(context: CommandContext): Promise<number> {
  const [name, ...args] = context.args;
  const command = operatorCommands.find((one) => one.name === name);
  if (!command) {
    context.out.line(`there is no command ${name}; see --help`);
    return 2;
  }
  try {
    return await command.run({ ...context, args });
  } catch (error) {
    const isCallProblem =
      error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!isCallProblem) throw error;
    context.out.line(error instanceof Error ? error.message : String(error));
    return 2;
  }
}
