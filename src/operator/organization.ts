import { parseArgs } from 'node:util';
import { createOrganization, listOrganizations } from '../infra/organizations.ts';
import { isTimeZone } from '../kernel/dates.ts';
import { isCurrency } from '../kernel/money.ts';
import { type CommandContext, type OperatorCommand, UsageError } from './command.ts';

const usage =
  'organization create <slug> --name <name> --currency <ISO code> --zone <IANA zone> [--language en|zh-CN]';

export const organizationCommand: OperatorCommand = {
  name: 'organization',
  usage,
  summary: 'make an organization (also: organization list)',
  async run({ core, args, out }) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        currency: { type: 'string', default: 'USD' },
        zone: { type: 'string', default: 'UTC' },
        language: { type: 'string', default: 'en' },
      },
    });
    const [verb, slug] = positionals;
    if (verb === 'list') {
      for (const one of await listOrganizations(core.db))
        out.line(`${one.slug}  ${one.name}  ${one.currency}`);
      return 0;
    }
    if (verb !== 'create' || !slug) throw new UsageError(usage);
    if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(slug)) {
      throw new UsageError(`slug: ${slug} – use 2 to 40 lower-case letters, digits and hyphens`);
    }
    const currency = values.currency.toUpperCase();
    if (!isCurrency(currency)) throw new UsageError(`--currency ${values.currency} is no ISO code, e.g. CNY`);
    if (!isTimeZone(values.zone))
      throw new UsageError(`--zone ${values.zone} is no IANA zone, e.g. Asia/Shanghai`);
    if (values.language !== 'en' && values.language !== 'zh-CN')
      throw new UsageError('--language: en or zh-CN');
    const taken = (await listOrganizations(core.db)).some((one) => one.slug === slug);
    if (taken) throw new UsageError(`organization ${slug} exists already`);
    await createOrganization(core.engine, {
      slug,
      name: values.name ?? slug,
      currency,
      timeZone: values.zone,
      locale: values.language,
    });
    out.line(`organization ${slug}: created (${currency}, ${values.zone})`);
    return 0;
  },
};

/** The organization a command is for: the named one, or the only one. Throws UsageError. */
export async function chosenOrganization(
  { core }: Pick<CommandContext, 'core'>,
  slug: string | undefined,
): Promise<{ orgId: string; slug: string; currency: string }> {
  const all = await listOrganizations(core.db);
  if (slug === undefined) {
    const [only] = all;
    if (only && all.length === 1) return only;
    throw new UsageError(
      all.length === 0
        ? `there is no organization yet: ${usage}`
        : `there are several organizations, add --organization ${all.map((one) => one.slug).join(' | ')}`,
    );
  }
  const chosen = all.find((one) => one.slug === slug);
  if (!chosen)
    throw new UsageError(
      `there is no organization ${slug}; there are: ${all.map((one) => one.slug).join(', ')}`,
    );
  return chosen;
}
