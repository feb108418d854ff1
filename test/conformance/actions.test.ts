import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/runtime/action.ts';
import { resultCard } from '../../src/runtime/dispatch/answer.ts';
import type { Performed } from '../../src/runtime/execute.ts';
import { parseLine } from '../../src/runtime/grammar/parse.ts';
import type { Press } from '../../src/view/press.ts';
import { cardButtons, openPress, type Person, type TestApp, testApp } from '../support/app.ts';
import {
  actorOf,
  refusal,
  refusalIfAny,
  run,
  type State,
  sharedApp,
  stateOf,
  type Trail,
  trailOf,
  withoutErrors,
} from './demo.ts';
import {
  actions,
  cases,
  expectCard,
  expectShowable,
  readIn,
  registry,
  untranslated,
  writeCases,
  writes,
} from './support.ts';

type Done = Extract<Performed, { kind: 'done' }>;

function done(performed: Performed): Done {
  if (performed.kind !== 'done') throw new Error('asked for confirmation although it was confirmed');
  return performed;
}

test('there is something to check', () => {
  expect(actions.length).toBeGreaterThan(30);
  expect(writes.length).toBeGreaterThan(15);
});

describe.each(cases)('%s', (_name, action) => {
  test('its example works as its role, its answer fits every surface in both languages, a dry run leaves nothing', async () => {
    const app = await sharedApp();
    const before = await trailOf(app);
    const person = actorOf(app, action.example.as);
    const call = { action, raw: action.example.input, dryRun: true };
    const performed = await withoutErrors(() => run(app, person, action, call.raw, { dryRun: true }));
    const { action: performer, output, card } = done(performed);
    expect(performer.output.safeParse(output).success).toBe(true);
    if (action.effect === 'read') expect(card, 'a read without a card shows nothing').toBeDefined();
    expectCard(resultCard(performed, call));
    if (card) expectCard(card);
    expect(await trailOf(app)).toEqual(before);
  });
});

/** Presses of a card's buttons are complete or lead to a form; never to a dead end. */
async function expectButtonWorks(app: TestApp, person: Person, press: Press): Promise<void> {
  if (press.a === 'line') {
    const { line } = press.i;
    expect(parseLine(String(line), registry, readIn('en')).kind).toBe('parsed');
    return;
  }
  const target = registry.action(press.a);
  expect(target, `a button points at ${press.a}, which does not exist`).toBeDefined();
  if (!target) return;
  if (press.form) return;
  const error = await refusalIfAny(run(app, person, target, press.i, { dryRun: true }));
  if (!error) return;
  const asks =
    error.code === 'invalid_input' && error.fields.length > 0 && error.fields.every((field) => field.missing);
  if (error.code === 'ambiguous') {
    // The person chooses: one button per candidate.
    expect((await person.press(press)).buttons.length).toBeGreaterThan(1);
    return;
  }
  const isWay = asks ? target.form !== 'never' : error.code === 'rule' || error.code === 'conflict';
  expect(isWay, `${JSON.stringify(press)} is refused: ${error.code}`).toBe(true);
}

function pressesOf(performed: Done, action: Action): Press[] {
  const card = resultCard(performed, { action, raw: {} });
  return cardButtons(card)
    .map(({ press }) => openPress(press))
    .filter((press) => press.a !== 'audit.undo' || press.i.audit !== performed.auditId);
}

describe.each(cases.filter(([, action]) => action.effect === 'read'))('%s', (_name, action) => {
  test('every button on its card leads somewhere', async () => {
    const app = await sharedApp();
    const person = actorOf(app, action.example.as);
    const performed = done(await run(app, person, action, action.example.input));
    await withoutErrors(async () => {
      for (const press of pressesOf(performed, action)) {
        await expectButtonWorks(app, person, press);
        const target = registry.action(press.a);
        if (press.form || target?.effect === 'read') {
          expectShowable((await person.press(press)).outcome);
        }
      }
    });
  });
});

// Undo brings the state back, so one organization serves all; what cannot be undone gets one of its own.
let reused: Promise<TestApp> | undefined;

describe.each(writeCases)('%s', (_name, action) => {
  test('leaves one audit entry with its changes, can be undone and done again, its buttons work', async () => {
    const app = await (action.noUndo ? testApp() : (reused ?? testApp()));
    // A failure leaves who knows what behind.
    reused = undefined;
    const person = actorOf(app, action.example.as);
    const [state, trail] = [await stateOf(app), await trailOf(app)];

    const first = await withoutErrors(async () => done(await run(app, person, action, action.example.input)));
    const [changed, after] = [await stateOf(app), await trailOf(app)];
    const hasChanged = expectTrail(first, { state: changed, trail: after }, { state, trail });
    await withoutErrors(async () => {
      for (const press of pressesOf(first, action)) await expectButtonWorks(app, person, press);
    });

    const undoButton = cardButtons(resultCard(first, { action, raw: {} }))
      .map(({ press }) => openPress(press))
      .find((press) => press.a === 'audit.undo');
    const undo = registry.action('audit.undo');
    if (!undo) throw new Error('no undo');
    if (first.action.noUndo || !hasChanged) {
      expect(undoButton).toBeUndefined();
      if (hasChanged) {
        const error = await refusal(run(app, person, undo, { audit: first.auditId }));
        expect(error.code).toBe('rule');
      }
      return;
    }
    expect(undoButton?.i).toEqual({ audit: first.auditId });
    const undone = done(await withoutErrors(() => run(app, person, undo, { audit: first.auditId })));
    expectCard(resultCard(undone, { action: undo, raw: {} }));
    expect(differences(await stateOf(app), state)).toEqual([]);
    const twice = await refusal(run(app, person, undo, { audit: first.auditId }));
    expect(twice.code).toBe('conflict');
    await run(app, person, action, action.example.input, { dryRun: true });
    reused = Promise.resolve(app);
  });
});

interface Seen {
  state: State;
  trail: Trail;
}

/** One entry when anything changed or was queued, none otherwise; every change carries the entry's id. */
function expectTrail(performed: Done, now: Seen, before: Seen): boolean {
  const changesOf = ({ changes }: Trail) => changes.filter(({ auditId }) => auditId === performed.auditId);
  const isNoted = changesOf(now.trail).length > 0;
  const hasChanged =
    isNoted || JSON.stringify([...now.state].sort()) !== JSON.stringify([...before.state].sort());
  const hasQueued = now.trail.outbox > before.trail.outbox;
  const fresh = now.trail.audits.filter(({ id }) => !before.trail.audits.some((one) => one.id === id));
  expect(fresh.map(({ id }) => id)).toEqual(hasChanged || hasQueued ? [performed.auditId] : []);
  expect(isNoted, 'records changed and nothing says so').toBe(hasChanged);
  const changes = now.trail.changes.length - before.trail.changes.length;
  expect(changes).toBe(changesOf(now.trail).length);
  return hasChanged;
}

test('every text of every card has words in both languages', () => {
  expect([...untranslated]).toEqual([]);
});

/** "Last seen" only ever moves forward and is noted with no change. */
const derived = new Set(['lastTouchAt', 'lastMetAt']);

/** What an undo has not brought back: changed records differ, created ones are not archived. */
function differences(
  now: Map<string, Record<string, unknown>>,
  before: Map<string, Record<string, unknown>>,
): string[] {
  return [...now].flatMap(([key, row]) => {
    const was = before.get(key);
    if (!was) return row.archivedAt === null ? [`${key} was created and is still there`] : [];
    return Object.keys(row)
      .filter((field) => !derived.has(field) && JSON.stringify(row[field]) !== JSON.stringify(was[field]))
      .map((field) => `${key} ${field}: ${JSON.stringify(was[field])} → ${JSON.stringify(row[field])}`);
  });
}
