import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCatalogedRegistry } from '../app.ts';
import { slackManifest } from '../platforms/slack/manifest.ts';
import type { Output } from './command.ts';

const placeholderUrl = 'https://crm.example.com';

/** App manifests as files below `manifests/`, made from the registry. */
export function manifestFiles(publicUrl = placeholderUrl): Record<string, string> {
  const top = createCatalogedRegistry()
    .actions()
    .flatMap((action) => (action.command?.top ? [action.command] : []))
    .sort((a, b) => (a.top ?? 0) - (b.top ?? 0));
  const slack = slackManifest({
    publicUrl,
    name: 'Parley',
    description: 'The CRM in your chat: leads, deals, follow-ups and pipeline by one line.',
    commandDescription: 'Leads, deals, follow-ups, pipeline',
    usageHint: `help | ${top
      .slice(0, 6)
      .map((command) => command.verb)
      .join(' | ')} …`,
    messageShortcut: { name: 'Log to CRM', description: 'Save this message with a customer, lead or deal' },
    globalShortcut: { name: 'New lead', description: 'Save somebody who might buy' },
  });
  return { 'slack.json': `${JSON.stringify(slack, null, 2)}\n` };
}

/** Writes the manifests, or with `check` only says which files are stale (exit code 1). */
export async function manifests(
  out: Output,
  options: { check: boolean; publicUrl: string | undefined },
): Promise<number> {
  const home = join(import.meta.dirname, '../../manifests');
  let stale = 0;
  for (const [name, content] of Object.entries(manifestFiles(options.publicUrl))) {
    const path = join(home, name);
    const present = await readFile(path, 'utf8').catch(() => undefined);
    if (present === content) continue;
    stale++;
    if (options.check) {
      out.line(`manifests/${name} is stale: run npm run manifests`);
    } else {
      await mkdir(home, { recursive: true });
      await writeFile(path, content);
      out.line(`manifests/${name}: written`);
    }
  }
  return options.check && stale > 0 ? 1 : 0;
}
