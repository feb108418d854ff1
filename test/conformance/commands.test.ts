import { describe, expect, test } from 'vitest';
import { locales } from '../../src/kernel/text.ts';
import { typedForm } from '../../src/runtime/generic-verbs.ts';
import { parseLine } from '../../src/runtime/grammar/parse.ts';
import { plain } from '../../src/view/spans.ts';
import { actorOf, run, sharedApp } from './demo.ts';
import { cases, expectShowable, readers, readIn, registry } from './support.ts';

const typed = cases.filter(([, action]) => action.command);

test('there is something to check', () => {
  expect(typed.length).toBeGreaterThan(20);
});

// Help offers it only to people who have no role yet.
const helped = typed.filter(([name]) => name !== 'members.ask-access');

describe.each(helped)('%s', (_name, action) => {
  const { command } = action;
  if (!command) throw new Error('not typed');

  test('has a Chinese verb and help with its examples in both languages', async () => {
    expect(command.aliases?.some((alias) => /\p{Script=Han}/u.test(alias))).toBe(true);
    const app = await sharedApp();
    const help = await actorOf(app, action.example.as).type(`help ${command.verb}`);
    expect(help.kind).toBe('card');
    expect(help.text).toContain(plain(action.summary, readers.en));
    expect(help.text).toContain(command.examples.en[0]);
    expectShowable(help.outcome);
  });
});

const printed = cases.filter(([, action]) => typedForm(registry, action));

describe.each(printed)('%s', (_name, action) => {
  test.each(locales)('its canonical line in %s is read back as the same call', async (locale) => {
    const app = await sharedApp();
    const person = actorOf(app, action.example.as);
    const read = readIn(locale);
    const performed = await run(app, person, action, action.example.input, { dryRun: true });
    if (performed.kind !== 'done' || performed.line === undefined) throw new Error('no line');
    const parsed = parseLine(performed.line, registry, read);
    if (parsed.kind === 'help') return;
    if (parsed.kind !== 'parsed') throw new Error(`${performed.line} is ${parsed.kind}`);
    expect(parsed.unsure, performed.line).toBeUndefined();
    const again = await run(app, person, parsed.action, parsed.raw, { dryRun: true });
    if (again.kind !== 'done') throw new Error('asks');
    expect(again.action.name).toBe(performed.action.name);
    expect(again.line).toBe(performed.line);
  });
});
