import type { Core } from './app.ts';
import { slackWords } from './platforms/slack/words.ts';
import type { ExampleLine } from './playground/playground.ts';
import { plain } from './view/spans.ts';

/** The example lines of all commands, as help shows them, about records the demo set has. */
export function exampleLines(core: Core): ExampleLine[] {
  const commands = core.registry
    .actions()
    .flatMap((action) => (action.command ? [{ action, command: action.command }] : []))
    .sort((a, b) => (a.command.top ?? 99) - (b.command.top ?? 99));
  const languages = [
    { locale: 'en', slack: 'en-US' },
    { locale: 'zh-CN', slack: 'zh-CN' },
  ] as const;
  return commands.flatMap(({ action, command }) =>
    languages.flatMap(({ locale, slack }) => {
      const about = plain(action.summary, {
        locale,
        timeZone: 'UTC',
        translate: core.translate,
        commandLine: slackWords.commandLine,
      });
      return command.examples[locale].map((line) => ({
        text: `/crm ${demoNumbers(line)}`,
        about,
        locale: slack,
      }));
    }),
  );
}

/** Examples in help name made-up numbers; here they may as well work. */
function demoNumbers(line: string): string {
  return line
    .replace(/\bC-91\b/g, 'C-10')
    .replace(/\bC-88\b/g, 'C-1')
    .replace(/\b([LD])-\d{2,}\b/g, '$1-1');
}
