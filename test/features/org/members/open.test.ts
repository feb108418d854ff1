import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneTimeCodes, sessions } from '../../../../src/store/tables/access.ts';
import { repeats } from '../../../../src/store/tables/short-lived.ts';
import { audit } from '../../../../src/store/tables/trail.ts';
import { isLinkButton, type LinkButton } from '../../../../src/view/card.ts';
import { type Shown, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

function linksOf({ outcome }: Shown): LinkButton[] {
  if (outcome.kind !== 'card') throw new Error(`no card but ${outcome.kind}`);
  return outcome.card.blocks
    .flatMap((block) => (block.t === 'buttons' ? block.buttons : []))
    .filter(isLinkButton);
}
const codes = () => app.inOrg((tx) => tx.select().from(oneTimeCodes));

describe('a link to our pages', () => {
  it('is a button that says what it is: for one person, once, five minutes', async () => {
    const shown = await app.as('emma').type('open');
    const [link, ...more] = linksOf(shown);
    expect(more).toEqual([]);
    expect(link?.url).toMatch(/\/r\/[\w-]{43}$/);
    expect(shown.text).toContain('it works once, within 5 minutes');
    expect(shown.text).toContain('do not pass it on');
  });

  it.each([
    ['open', '/tab/'],
    ['open D-1', '/tab/deals/D-1'],
    ['open d2', '/tab/deals/D-2'],
    ['open acme', '/tab/accounts/C-1'],
    ['打开 C-2', '/tab/accounts/C-2'],
  ])('of %s leads to %s', async (line, path) => {
    const known = new Set((await codes()).map(({ id }) => id));
    await app.as('emma').type(line);
    const [made] = (await codes()).filter(({ id }) => !known.has(id));
    expect([made?.path, made?.purpose, made?.mayConnect]).toEqual([path, 'open', false]);
    expect(made?.memberId).toBe(await app.as('emma').memberId());
  });

  it('is another one each time, and is written down nowhere', async () => {
    const urls: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      for (const { url } of linksOf(await app.as('emma').type('open D-1'))) urls.push(url);
    }
    expect(new Set(urls).size).toBe(3);
    const kept = await app.inOrg(async (tx) =>
      JSON.stringify([
        await tx.select().from(oneTimeCodes),
        await tx.select().from(repeats),
        await tx.select().from(audit),
      ]),
    );
    for (const url of urls) expect(kept).not.toContain(url.split('/r/')[1]);
  });

  it('to a record that is not there is none', async () => {
    const shown = await app.as('emma').type('open D-77777');
    expect(shown.text).toContain('I cannot find');
    expect(linksOf(shown)).toEqual([]);
  });

  it('is not made for a dry run', async () => {
    const before = await codes();
    expect(linksOf(await app.as('emma').type('open D-1?'))).toEqual([]);
    expect(await codes()).toHaveLength(before.length);
  });
});

describe('pages that are open', () => {
  it('end when their person is deactivated, and stay closed when they come back', async () => {
    const memberId = await app.as('noah').memberId();
    const now = new Date();
    await app.inOrg((tx) =>
      tx.insert(sessions).values({
        orgId: app.orgId,
        id: app.engine.newId(),
        memberId,
        hash: app.engine.newId(),
        createdAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      }),
    );
    await app.as('ada').type('deactivate @noah');
    await app.as('ada').type('role "Noah Patel" read-only');
    const [session] = await app.inOrg((tx) =>
      tx.select().from(sessions).where(eq(sessions.memberId, memberId)),
    );
    expect(session?.endedAt).toBeInstanceOf(Date);
  });
});
