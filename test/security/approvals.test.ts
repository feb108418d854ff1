import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { deals } from '../../src/features/sales/deals/tables.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { asking } from '../features/org/approvals/asking.ts';
import { withWaivers } from '../features/org/approvals/waivers.ts';
import { openPress, type Person, type TestApp, testApp } from '../support/app.ts';
import { apiOf, keyWith } from './api.ts';

let app: TestApp;
let at: ReturnType<typeof asking>;

beforeAll(async () => {
  app = await testApp({ features: withWaivers() });
  at = asking(app);
});

/** A request of Emma's that Tom is asked about; each test has its own deal. */
async function open(percent = 1500): Promise<{ number: string; id: string; deal: string }> {
  const made = (await app.as('emma').call('deals.create', {
    name: `Attacked ${randomUUID()}`,
    amount: { amountMinor: '8000000', currency: 'EUR' },
  })) as { number: string };
  const number = await at.ask(app.as('emma'), made.number, percent);
  return { number, id: (await at.row(number)).id, deal: made.number };
}

async function everything(number: string) {
  const row = await at.row(number);
  const [deal] = await app.inOrg((tx) =>
    tx
      .select({ note: deals.note })
      .from(deals)
      .where(and(eq(deals.orgId, app.orgId), eq(deals.id, row.subjectId))),
  );
  return { row, steps: await at.steps(number), log: await at.log(number), granted: deal?.note ?? null };
}

/** Tries it and expects a refusal of this kind, and nothing changed. */
async function refused(number: string, code: RegExp, attempt: () => Promise<unknown>): Promise<AppError> {
  const before = await everything(number);
  const error = await attempt().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).code).toMatch(code);
  expect(await everything(number)).toEqual(before);
  return error as AppError;
}

const approve = (person: Person, input: Record<string, unknown>) => person.call('approvals.approve', input);

describe('ids', () => {
  test('that are made up find nothing', async () => {
    const { number } = await open();
    for (const forged of [
      'A-99999',
      '99999',
      randomUUID(),
      'A-0',
      'A--1',
      '../A-1',
      "A-1' or '1'='1",
      '\u0000',
      'D-1',
    ]) {
      for (const action of ['approve', 'reject', 'withdraw', 'say', 'show']) {
        const note = action === 'reject' || action === 'say' ? { note: 'so' } : {};
        await refused(number, /not_found|invalid_input|ambiguous/, () =>
          app.as('tom').call(`approvals.${action}`, { approval: forged, ...note }),
        );
      }
    }
  });

  test('of another organization are as unknown as made-up ones', async () => {
    const other = await testApp({ features: withWaivers() });
    const theirs = await asking(other).ask(other.as('emma'), 'D-1', 1500);
    const { id } = await asking(other).row(theirs);
    const { number } = await open();
    const foreign = await refused(number, /not_found/, () => approve(app.as('tom'), { approval: id }));
    const unknown = await refused(number, /not_found/, () =>
      approve(app.as('tom'), { approval: randomUUID() }),
    );
    expect(JSON.stringify(foreign.text).replaceAll(id, '')).toBe(
      JSON.stringify(unknown.text).replace(/[0-9a-f-]{36}/g, ''),
    );
    expect((await asking(other).row(theirs)).status).toBe('pending');
  });
});

test('a button of older terms decides nothing on those of now', async () => {
  const { number } = await open(2500);
  await approve(app.as('tom'), { approval: number, percent: 2200 });
  for (const terms of [1, 3, 999]) {
    await refused(number, /conflict/, () => approve(app.as('chen'), { approval: number, terms }));
    await refused(number, /conflict/, () =>
      app.as('chen').call('approvals.reject', { approval: number, note: 'no', terms }),
    );
  }
  for (const terms of [0, -1, 1.5, '1 or 1=1', {}, []]) {
    await refused(number, /invalid_input/, () => approve(app.as('chen'), { approval: number, terms }));
  }
  await approve(app.as('chen'), { approval: number, terms: 2 });
  expect((await at.row(number)).status).toBe('countered');
});

test('one click replayed fifty times at once is one decision, and every answer says whose', async () => {
  const { number } = await open();
  const card = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
  const press = openPress(card.button('Approve'));
  const shown = await Promise.all(Array.from({ length: 50 }, () => app.as('tom').press(press)));
  const texts = shown.map(({ text }) => text);
  const late = texts.filter((text) => /already approved, by Tom Becker/.test(text));
  // A machine that is busy says so rather than making people wait.
  const busy = texts.filter((text) => /⛔|⚠️/.test(text) && !late.includes(text));
  expect(texts.length - late.length - busy.length).toBe(1);
  expect(late.length).toBeGreaterThan(0);
  const { row, log, granted } = await everything(number);
  expect(row).toMatchObject({ status: 'approved', version: 2 });
  expect(log.filter(({ entry }) => entry === 'approved')).toHaveLength(1);
  expect(granted).toBe(`${number} 1500`);
  const again = await app.as('tom').press(press);
  expect(again.text).toContain('already approved, by Tom Becker');
});

describe('whoever presses', () => {
  test('and lost the role since the card was made, decides nothing', async () => {
    const { number } = await open();
    const card = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    const press = openPress(card.button('Approve'));
    const before = await everything(number);
    for (const roles of [['rep'], ['read-only'], ['admin'], [], ['partner']] as const) {
      await at.giveRoles(app.as('tom'), [...roles]);
      expect((await app.as('tom').press(press)).text).toMatch(/^⛔/);
      expect(await everything(number)).toEqual(before);
    }
    await at.giveRoles(app.as('tom'), ['manager']);
  });

  test('as a guest, a partner or a stranger in the channel of the card, decides nothing', async () => {
    const { number } = await open();
    const press = { a: 'approvals.approve', i: { approval: number, terms: 1 } };
    const before = await everything(number);
    const desk = { kind: 'channel', id: 'C0DEALDESK', name: 'deal-desk' } as const;
    const { installation } = app;
    const visitors = [
      app.as('pia'),
      app.as('noah'),
      app.as('emma'),
      app.as('lina'),
      app.at({ platform: 'slack', installation, userId: 'U0GUEST' }),
      app.at({ platform: 'slack', installation: 'T0FAR', userId: 'U0TOMBECKER' }),
      app.at({ platform: 'teams', installation, userId: 'U0TOMBECKER' }),
    ];
    for (const visitor of visitors) {
      const shown = await visitor.in(desk).press(press);
      expect(shown.text).toMatch(/^⛔/);
      expect(shown.text).not.toContain('EUR');
      expect(await everything(number)).toEqual(before);
    }
  });

  test('and was made the owner of the deal since, decides nothing', async () => {
    const { number, deal } = await open();
    await app.as('ada').call('deals.assign', { deal, to: '@tom.becker' });
    await refused(number, /forbidden/, () => approve(app.as('tom'), { approval: number }));
    await refused(number, /forbidden/, () =>
      app.as('tom').call('approvals.reject', { approval: number, note: 'no' }),
    );
  });

  test('asked for it, decides nothing, whatever roles they have by now', async () => {
    const { number } = await open();
    await at.giveRoles(app.as('emma'), ['manager', 'finance', 'admin']);
    await refused(number, /forbidden/, () => approve(app.as('emma'), { approval: number }));
    await at.giveRoles(app.as('emma'), ['rep']);
  });
});

describe('over REST', () => {
  test('an offer of nothing, less than nothing, as much as asked or more is refused', async () => {
    const { number } = await open();
    const odd = [
      0,
      '0%',
      -1,
      1500,
      '15%',
      '15.01%',
      10_000,
      '100%',
      10_001,
      '101%',
      1e12,
      '1e3%',
      0.5,
      '∞',
      '%',
      {},
      [],
    ];
    for (const percent of odd) {
      await refused(number, /rule|invalid_input/, () =>
        approve(app.as('tom'), { approval: number, percent }),
      );
    }
  });

  test('a comment too long to read is refused, and one that just fits is kept whole', async () => {
    const { number } = await open();
    for (const action of ['approve', 'reject', 'withdraw', 'say']) {
      const person = action === 'withdraw' || action === 'say' ? app.as('emma') : app.as('tom');
      await refused(number, /invalid_input/, () =>
        person.call(`approvals.${action}`, { approval: number, note: 'x'.repeat(4001) }),
      );
    }
    await app.as('tom').call('approvals.reject', { approval: number, note: 'x'.repeat(4000) });
    expect((await at.row(number)).decidedNote).toHaveLength(4000);
  });

  test('a no without a reason is refused', async () => {
    const { number } = await open();
    for (const note of [undefined, null, '', '   ', '\u200b', 7]) {
      await refused(number, /invalid_input/, () =>
        app.as('tom').call('approvals.reject', { approval: number, note }),
      );
    }
  });

  test('keys that reach for more than the action has are refused', async () => {
    const { number } = await open();
    const key = await keyWith(app, ['manager', 'finance']);
    const api = apiOf(app);
    const before = await everything(number);
    const more = [
      '"__proto__": {"roles": ["admin"]}',
      '"constructor": {"prototype": {"isHere": true}}',
      '"status": "approved"',
      '"decidedById": "x"',
      '"excluded": []',
      '"involvedIds": []',
      '"orgId": "x"',
    ];
    for (const extra of more) {
      const answer = await api.request('/api/v1/actions/approvals.approve', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: `{"approval": "${number}", ${extra}}`,
      });
      expect([extra, answer.status < 500 && answer.status >= 400]).toEqual([extra, true]);
      expect(await everything(number)).toEqual(before);
    }
    expect(({} as Record<string, unknown>).roles).toBeUndefined();
  });
});
