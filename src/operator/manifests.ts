import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { createCatalogedRegistry } from '../app.ts';
import { slackManifest } from '../platforms/slack/manifest.ts';
import {
  chineseFile,
  chineseStrings,
  type ManifestOptions,
  teamsManifest,
} from '../platforms/teams/manifest.ts';
import { teamsOffer } from '../teams-offer.ts';
import { createTranslate } from '../view/translator.ts';
import { type Output, UsageError } from './command.ts';

const root = join(import.meta.dirname, '../..');
const home = join(root, 'manifests');
const placeholderUrl = 'https://crm.example.com';
/** Stand where the committed manifest cannot know the registration; `manifests package` takes the real ones. */
const placeholderId = '00000000-0000-0000-0000-000000000000';
const usage =
  'manifests [package --url <public url>] [--check] [--url <public url>] [--out <file>] [--developer <name>] [--website <url>] [--privacy <url>] [--terms <url>]';

interface Registration {
  publicUrl: string;
  appId: string;
  tabAppId: string | undefined;
  developer: ManifestOptions['developer'];
}

/** App manifests as files below `manifests/`, made from the registry. */
export function manifestFiles(registration: Registration): Record<string, string> {
  const { publicUrl } = registration;
  const registry = createCatalogedRegistry();
  const translate = createTranslate(registry.catalogs);
  const english = teamsOffer(registry, translate, 'en');
  const slack = slackManifest({
    publicUrl,
    name: 'Parley',
    description: english.summary,
    commandDescription: 'Leads, deals, follow-ups, pipeline',
    usageHint: `help | ${english.commands
      .slice(0, 6)
      .map(({ line }) => line)
      .join(' | ')} …`,
    messageShortcut: { name: english.logMessage.title, description: english.logMessage.description },
    globalShortcut: { name: english.newLead.title, description: english.newLead.description },
  });
  const options: ManifestOptions = {
    ...registration,
    version: productVersion(),
    english,
    chinese: teamsOffer(registry, translate, 'zh-CN'),
  };
  return {
    'slack.json': json(slack),
    'teams/manifest.json': json(teamsManifest(options)),
    [`teams/${chineseFile}`]: json(chineseStrings(options)),
  };
}

/** Writes the manifests, with `--check` only says which are stale (exit code 1), with `package` makes the upload. */
export async function manifests(
  out: Output,
  args: string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      url: { type: 'string', default: env.PUBLIC_URL || placeholderUrl },
      out: { type: 'string', default: 'parley-teams.zip' },
      developer: { type: 'string', default: 'Parley' },
      website: { type: 'string' },
      privacy: { type: 'string' },
      terms: { type: 'string' },
    },
  });
  const isPackage = positionals[0] === 'package';
  if (positionals.length > (isPackage ? 1 : 0)) throw new UsageError(usage);
  const publicUrl = values.check ? placeholderUrl : values.url;
  if (!URL.canParse(publicUrl)) throw new UsageError(`--url ${publicUrl} is no address`);
  const website = values.website ?? publicUrl;
  const developer = {
    name: values.developer,
    websiteUrl: website,
    privacyUrl: values.privacy ?? website,
    termsOfUseUrl: values.terms ?? website,
  };
  if (isPackage) return teamsPackage(out, { publicUrl, developer }, { file: values.out, env });
  const known = { appId: placeholderId, tabAppId: placeholderId };
  const files = manifestFiles({ publicUrl, ...known, developer });
  const stale = await writeFiles(out, files, values.check);
  return values.check && stale > 0 ? 1 : 0;
}

async function writeFiles(out: Output, files: Record<string, string>, check: boolean): Promise<number> {
  let stale = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = join(home, name);
    const present = await readFile(path, 'utf8').catch(() => undefined);
    if (present === content) continue;
    stale++;
    if (check) {
      out.line(`manifests/${name} is stale: run npm run manifests`);
      continue;
    }
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    out.line(`manifests/${name}: written`);
  }
  return stale;
}

/** What an admin uploads: the same bytes for the same registration, whenever and wherever it is made. */
async function teamsPackage(
  out: Output,
  { publicUrl, developer }: Pick<Registration, 'publicUrl' | 'developer'>,
  { file, env }: { file: string; env: Record<string, string | undefined> },
): Promise<number> {
  if (new URL(publicUrl).protocol !== 'https:') {
    throw new UsageError(`--url ${publicUrl}: Teams takes https addresses only`);
  }
  const appId = env.TEAMS_APP_ID;
  if (!appId)
    throw new UsageError('TEAMS_APP_ID: missing. Set it to the Microsoft App ID of your Azure Bot.');
  const tabAppId = env.TEAMS_TAB_APP_ID || undefined;
  const files = manifestFiles({ publicUrl, appId, tabAppId, developer });
  const icon = async (name: string) => new Uint8Array(await readFile(join(home, 'teams', name)));
  const content = {
    'manifest.json': strToU8(files['teams/manifest.json'] ?? ''),
    [chineseFile]: strToU8(files[`teams/${chineseFile}`] ?? ''),
    'color.png': await icon('color.png'),
    'outline.png': await icon('outline.png'),
  };
  const zip = zipSync(content, { level: 9, mtime: new Date('2020-01-01T00:00:00') });
  await writeFile(resolve(file), zip);
  out.line(`${file}: written (${publicUrl}, app ${appId}${tabAppId ? `, tab ${tabAppId}` : ', no tab'})`);
  if (!tabAppId) out.line('Without TEAMS_TAB_APP_ID the app has no tab.');
  return 0;
}

/** An installed app is replaced only by one of a higher version: it follows the product's. */
function productVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return version;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
