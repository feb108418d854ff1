import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Core, createCore } from '../../src/app.ts';
import { demoPeople, seedDemoSet } from '../../src/features/demo-set.ts';
import { connectInstallation, createOrganization } from '../../src/infra/organizations.ts';
import { execute, executeSystem, type Performed } from '../../src/runtime/execute.ts';
import type { Feature } from '../../src/runtime/feature.ts';
import type { Interaction, Place, Reply, Visitor } from '../../src/runtime/interaction.ts';
import type { Log } from '../../src/runtime/ports.ts';
import { members } from '../../src/store/tables/people.ts';
import type { Tx } from '../../src/store/tx.ts';
import type { Button, Card } from '../../src/view/card.ts';
import { isLinkButton } from '../../src/view/card.ts';
import { cardText } from '../../src/view/plain-text.ts';
import type { Press, SealedPress } from '../../src/view/press.ts';
import { plain } from '../../src/view/spans.ts';
import { testDatabase } from './database.ts';

/** Errors the service logged while a test ran; suites that expect none look here. */
export const logged: { fields: Record<string, unknown>; message: string }[] = [];
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => void logged.push({ fields, message }),
};

/** A Tuesday morning in Shanghai and early morning in Europe. */
export const testNow = new Date('2026-11-10T02:00:00Z');

/** A clock that tests set. Business time only. */
export interface TestClock {
  now(): Date;
  set(to: Date | string): void;
  forward(ms: number): void;
}

export interface TestApp extends Core {
  orgId: string;
  installation: string;
  clock: TestClock;
  /** A person of the demo set, by key (`emma`, `lina`, …). */
  as(key: string): Person;
  /** Whoever sits at an account, known or not. */
  at(visitor: Visitor): Person;
  /** Reads or writes the organization's tables directly. */
  inOrg<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  drainOutbox(): Promise<number>;
}

/** One person at the keyboard. Replies are read in that person's language and zone. */
export interface Person {
  visitor: Visitor;
  /** The same person, in a conversation. */
  in(place: Place): Person;
  type(line: string): Promise<Shown>;
  press(press: SealedPress): Promise<Shown>;
  submit(press: SealedPress, values: Record<string, unknown>): Promise<Shown>;
  interact(interaction: Interaction): Promise<Shown>;
  /** The way REST comes in. Throws AppError. */
  call(action: string, input: Record<string, unknown>, options?: { dryRun?: boolean }): Promise<unknown>;
  memberId(): Promise<string>;
}

/** What a person sees, with the ways tests look at it. */
export interface Shown extends Reply {
  kind: Reply['outcome']['kind'];
  /** The whole card as text, or the titles and labels of a form. */
  text: string;
  buttons: { label: string; press: SealedPress }[];
  /** The press behind a button; throws when there is none of that label. */
  button(label: string | RegExp): SealedPress;
}

/** An organization of its own with the demo set, on the worker's database. */
export async function testApp(
  options: { demo?: boolean; autoJoin?: 'off' | 'rep'; features?: readonly Feature[] } = {},
): Promise<TestApp> {
  const db = await testDatabase();
  let now = testNow;
  const clock: TestClock = {
    now: () => now,
    set: (to) => {
      now = new Date(to);
    },
    forward: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
  const core = createCore({
    db,
    log,
    clock,
    memberAutoJoin: options.autoJoin ?? 'rep',
    publicUrl: 'https://crm.example.com',
    features: options.features,
  });
  const slug = `org-${randomUUID()}`;
  const orgId = await createOrganization(core.engine, {
    slug,
    name: 'Northwind Industrial',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    locale: 'en',
  });
  const installation = `T${slug.slice(4, 12).toUpperCase()}`;
  await connectInstallation(
    db,
    orgId,
    { platform: 'slack', externalId: installation, name: 'Northwind', botUserId: 'UBOT' },
    now,
  );
  if (options.demo !== false) {
    await executeSystem(
      core.engine,
      { kind: 'system', orgId, handler: 'demo-set', causeAuditId: null },
      (ctx) => seedDemoSet(ctx, { platform: 'slack', installation }),
      async () => undefined,
    );
  }
  const inOrg = <T>(work: (tx: Tx) => Promise<T>) => db.transaction({ as: 'app', orgId }, work);
  return {
    ...core,
    orgId,
    installation,
    clock,
    inOrg,
    drainOutbox: () => core.relay.drain(),
    at: (visitor) => personOf(core, orgId, '', visitor),
    as: (key) => {
      const person = demoPeople.find((one) => one.key === key);
      if (!person?.accounts) throw new Error(`no person ${key} with a chat identity in the demo set`);
      return personOf(core, orgId, person.name, {
        platform: 'slack',
        installation,
        userId: person.accounts.slack,
      });
    },
  };
}

function personOf(core: Core, orgId: string, name: string, visitor: Visitor, place?: Place): Person {
  const interact = async (interaction: Interaction) =>
    shown(await core.dispatch(visitor, { place, ...interaction }, randomUUID()));
  const memberId = async () => {
    const rows = await core.db.transaction({ as: 'app', orgId }, (tx) =>
      tx.select({ id: members.id }).from(members).where(eq(members.name, name)),
    );
    const id = rows[0]?.id;
    if (!id) throw new Error(`no member ${name}`);
    return id;
  };
  return {
    visitor,
    interact,
    memberId,
    in: (there) => personOf(core, orgId, name, visitor, there),
    type: (line) => interact({ kind: 'command', line }),
    press: (press) => interact({ kind: 'press', press }),
    submit: (press, values) => interact({ kind: 'submit', press, values }),
    async call(name, input, { dryRun = false } = {}) {
      const action = core.registry.action(name);
      if (!action) throw new Error(`no action ${name}`);
      const who = { kind: 'member', orgId, memberId: await memberId(), platform: 'http' } as const;
      const performed: Performed = await execute(core.engine, who, {
        action,
        raw: input,
        dryRun,
        confirmed: true,
      });
      return performed.kind === 'done' ? performed.output : undefined;
    },
  };
}

function shown(reply: Reply): Shown {
  const { outcome, reader } = reply;
  const buttons = 'card' in outcome ? cardButtons(outcome.card) : [];
  const labelled = buttons.map(({ label, press }) => ({ label: plain(label, reader), press }));
  return {
    ...reply,
    kind: outcome.kind,
    text: textOf(reply),
    buttons: labelled,
    button(label) {
      const found = labelled.find((one) =>
        typeof label === 'string' ? one.label === label : label.test(one.label),
      );
      if (!found)
        throw new Error(`no button ${label}; there are: ${labelled.map((one) => one.label).join(', ')}`);
      return found.press;
    },
  };
}

function textOf({ outcome, reader }: Reply): string {
  switch (outcome.kind) {
    case 'card':
    case 'later':
      return cardText(outcome.card, reader);
    case 'form':
      return [outcome.form.title, ...outcome.form.fields.map((field) => field.meta.label)]
        .map((inline) => plain(inline, reader))
        .join('\n');
    case 'form-errors':
      return outcome.fields.map(({ field, message }) => `${field}: ${plain(message, reader)}`).join('\n');
    case 'options':
      return outcome.options.map((option) => plain(option.label, reader)).join('\n');
    default:
      return outcome satisfies never;
  }
}

/** Every button of a card, rows included. */
export function cardButtons(card: Card): Button[] {
  return card.blocks.flatMap((block): Button[] => {
    if (block.t === 'buttons') return block.buttons.filter((button) => !isLinkButton(button)) as Button[];
    if (block.t === 'rows') return block.rows.flatMap((row) => row.buttons ?? []);
    return [];
  });
}

/** A press that is not sealed; throws for one that is. */
export function openPress(press: SealedPress): Press {
  if ('p' in press) throw new Error('the press is stored');
  return press;
}
