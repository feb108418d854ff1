import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { figureFor } from '../../../../src/features/insight/digests/figure.ts';
import { asMember } from '../../../../src/features/insight/digests/scope.ts';
import { approvals } from '../../../../src/features/org/approvals/tables.ts';
import { openPress, type TestApp, testApp } from '../../../support/app.ts';
import { inJob, ownScope, readDigest } from '../../insight/figures-support.ts';

const hourMs = 3_600_000;
const everybody = { owners: { all: true } } as const;
let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const own = (key: string) => ownScope(app, key);

const lines = (text: string, section: string) =>
  text.split('\n').filter((line) => line.startsWith(`${section}: `));

describe('the digest of a team', () => {
  it('names the requests that wait, the oldest first, and mentions whoever decides', async () => {
    const { lines: read, text, figures } = await readDigest(app, 'team', everybody);
    const decide = lines(text, 'decide');
    expect(decide[0]).toBe('decide: 3 approvals waiting (oldest 55 min)');
    const numbers = decide.flatMap((line) => /A-\d+/.exec(line)?.[0] ?? []);
    expect(numbers).toEqual(['A-4', 'A-1', 'A-5']);
    expect(decide[2]).toMatch(/A-1 15\s?% off .*D-12 .* → .*Tom Becker/);
    const line = read.find(({ text: of }) => JSON.stringify(of).includes('A-1'));
    expect(JSON.stringify(line?.text)).toContain('"mention":true');
    expect(line?.buttons?.map(({ press }) => openPress(press).a)).toEqual(['approvals.show']);
    expect(figures.get('approvals-waiting')?.rows).toHaveLength(3);
  });

  it('tells those of its own people only, in Chinese as well', async () => {
    const { text } = await readDigest(app, 'team', await own('emma'), 'zh-CN');
    const decide = lines(text, 'decide');
    expect(decide[0]).toContain('1 项审批待处理');
    expect(decide.join()).not.toMatch(/A-4|A-5/);
    const nobody = await readDigest(app, 'team', { owners: { memberIds: [] } });
    expect(nobody.text).not.toContain('A-');
  });

  it('tells no amount of a deal that is not one of its people’s', async () => {
    const weiId = await app.as('wei').memberId();
    await app.inOrg((tx) =>
      tx.update(approvals).set({ subjectOwnerId: weiId }).where(eq(approvals.number, 1)),
    );
    const ofEmma = lines((await readDigest(app, 'team', await own('emma'))).text, 'decide');
    expect(ofEmma[1]).toMatch(/A-1 .*D-12/);
    expect(ofEmma.join()).not.toMatch(/EUR|CNY|%/);
    const ofWei = lines((await readDigest(app, 'team', await own('wei'))).text, 'decide');
    expect(ofWei.join()).toMatch(/A-1 15\s?% off .*D-12 .*EUR/);
  });

  it('says nothing of what was decided, or has run out of time', async () => {
    await app.as('tom').type('approve A-1');
    expect((await readDigest(app, 'team', everybody)).text).not.toContain('A-1 ');
    await app.inOrg((tx) => tx.update(approvals).set({ expiresAt: app.clock.now() }));
    expect((await readDigest(app, 'team', everybody)).figures.has('approvals-waiting')).toBe(false);
  });
});

it('the list behind the number leaves out what its reader may not see', async () => {
  const { figures } = await readDigest(app, 'team', everybody);
  const figure = figures.get('approvals-waiting');
  if (!figure) throw new Error('no figure');
  const opened = { ...figure, asOf: app.clock.now().toISOString() };
  const ids = { emma: await app.as('emma').memberId(), noah: await app.as('noah').memberId() };
  await inJob(app, async (ctx) => {
    const seenBy = async (memberId: string) => {
      const reader = await asMember(ctx, memberId);
      if (!reader) throw new Error('nobody');
      return figureFor(reader, opened, { figure: figure.name, asked: {}, page: 1 });
    };
    const ofEmma = await seenBy(ids.emma);
    expect(ofEmma).toMatchObject({ count: 3, rows: [{ number: 'A-1', press: { a: 'approvals.show' } }] });
    expect(JSON.stringify(ofEmma.rows)).not.toMatch(/Nova|Grünwald/);
    expect((await seenBy(ids.noah)).rows).toHaveLength(3);
  });
});

describe('the morning list', () => {
  it('of a manager has what waits for them, to approve at once', async () => {
    const { lines: read, figures } = await readDigest(app, 'morning', await own('tom'));
    const line = read.find(({ record }) => record?.kind === 'approval');
    expect(line?.section).toBe('decide');
    const [approve, open] = line?.buttons ?? [];
    if (!approve || !open) throw new Error('no buttons');
    expect(openPress(open.press).a).toBe('approvals.show');
    const rows = figures.get('approvals-on-me')?.rows ?? [];
    expect((await app.as('tom').press(approve.press)).text).toContain('Approved: A-1');
    const after = await readDigest(app, 'morning', await own('tom'));
    expect(after.figures.get('approvals-on-me')?.rows ?? []).toHaveLength(rows.length - 1);
  });

  it('of whoever asked names what has waited longer than a day, and nothing younger', async () => {
    expect((await readDigest(app, 'morning', await own('emma'))).text).not.toContain('A-1');
    app.clock.forward(24 * hourMs);
    const { text, lines: read } = await readDigest(app, 'morning', await own('emma'));
    expect(lines(text, 'decide').join('\n')).toMatch(
      /⏳ A-1 15\s?% off .*D-12 .* you asked 1 day ago · .*Tom Becker/,
    );
    const line = read.find(({ record }) => record?.kind === 'approval');
    expect(line?.buttons?.map(({ press }) => openPress(press).a)).toEqual([
      'approvals.show',
      'approvals.withdraw',
    ]);
  });

  it('of somebody who has nothing to do with any says nothing', async () => {
    app.clock.forward(48 * hourMs);
    expect((await readDigest(app, 'morning', await own('noah'))).text).not.toContain('A-');
  });
});

it('the list of the day has approvals after plans, with Approve and Open, and drops them once decided', async () => {
  const tom = app.as('tom');
  const shown = await tom.type('today');
  expect(shown.text).toMatch(/Approvals on me[\s\S]*A-1 15\s?% off .*D-12/);
  const at = (part: string) => shown.text.indexOf(part);
  for (const later of ['Deals without a next step', 'Leads to look at again']) {
    if (at(later) >= 0) expect(at('Approvals on me')).toBeLessThan(at(later));
  }
  expect((await tom.press(shown.button('Open'))).text).toContain('A-1');
  expect((await tom.press(shown.button('Approve'))).text).toContain('Approved: A-1');
  expect((await tom.type('today')).text).not.toContain('A-1');
  expect((await app.as('emma').type('today')).text).not.toContain('Approvals on me');
  expect((await app.as('lina').type('待办')).text).toMatch(/待我审批[\s\S]*A-4/);
});
