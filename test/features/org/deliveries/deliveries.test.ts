import { randomUUID } from 'node:crypto';
import { desc, eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendAgain } from '../../../../src/features/org/deliveries/api.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { deliveryPaused } from '../../../../src/runtime/relay/events.ts';
import { gates, outbox, posts } from '../../../../src/store/tables/outbox.ts';
import { audit, recordChanges } from '../../../../src/store/tables/trail.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

type State = (typeof outbox.$inferSelect)['state'];

/** A message in a channel, as the relay would have left it. */
async function message(state: State, values: { reason?: string; isPosted?: boolean; key?: string } = {}) {
  const id = randomUUID();
  const place = values.key ?? `C${id.slice(0, 6)}`;
  await app.inOrg(async (tx) => {
    await tx.insert(posts).values({
      orgId: app.orgId,
      id,
      notification: 'deals.assigned',
      key: id,
      platform: 'slack',
      installation: app.installation,
      placeKind: 'channel',
      placeId: place,
      locale: 'en',
      timeZone: 'UTC',
      payload: {},
      messageRef: values.isPosted ? { channelId: place, messageId: '1.1' } : null,
    });
    await tx.insert(outbox).values({
      orgId: app.orgId,
      id,
      kind: 'delivery',
      op: 'post',
      name: 'deals.assigned',
      postId: id,
      payload: {},
      orderKey: `slack:${app.installation}:channel:${place}`,
      state,
      begunAt: state === 'uncertain' ? new Date() : null,
      lastError: values.reason ?? null,
    });
  });
  return { id, gate: `slack:${app.installation}:channel:${place}` };
}

async function rowOf(id: string) {
  const [row] = await app.inOrg((tx) => tx.select().from(outbox).where(eq(outbox.id, id)));
  if (!row) throw new Error('no such row');
  return row;
}

describe('deliveries', () => {
  it('are for admins', async () => {
    const shown = await app.as('emma').type('deliveries');
    expect(shown.text).toContain('Ada');
  });

  it('say that all is well when nothing needs anybody', async () => {
    const shown = await app.as('ada').type('deliveries');
    expect(shown.text).toContain('Everything that was to be sent has arrived.');
  });

  it('an uncertain message is sent again only when an admin says so', async () => {
    const { id } = await message('uncertain', { reason: 'no answer' });
    await app.as('ada').type('redrive');
    expect((await rowOf(id)).state).toBe('uncertain');
    const shown = await app.as('ada').type('deliveries');
    expect(shown.text).toContain('it may have arrived');
    const again = await app.as('ada').press(shown.button('Resend'));
    expect(again.text).toContain('1 message is on its way');
    // Nothing is looked for any more: the admin has decided.
    expect(await rowOf(id)).toMatchObject({ state: 'ready', begunAt: null });
  });

  it('an uncertain message that did arrive is taken off the list', async () => {
    const { id } = await message('uncertain');
    const shown = await app.as('ada').type('deliveries');
    await app.as('ada').press(shown.button('It arrived'));
    expect((await rowOf(id)).state).toBe('cancelled');
    expect((await app.as('ada').type('deliveries')).text).not.toContain('it may have arrived');
  });

  it('dead ones go out again, and change the message whose plain words arrived', async () => {
    const lost = await message('dead', { reason: 'invalid_blocks' });
    const plain = await message('dead', { reason: 'invalid_blocks', isPosted: true });
    const shown = await app.as('ada').type('redrive');
    expect(shown.text).toContain('2 messages are on their way');
    expect(await rowOf(lost.id)).toMatchObject({ state: 'ready', op: 'post' });
    expect(await rowOf(plain.id)).toMatchObject({ state: 'ready', op: 'revise' });
  });

  it('of a place that was shut wait there, and go out when it is opened', async () => {
    const { id, gate } = await message('paused', { reason: 'is_archived' });
    const other = await message('paused', { reason: 'is_archived' });
    await app.inOrg((tx) =>
      tx.insert(gates).values(
        [gate, other.gate].map((key) => ({
          orgId: app.orgId,
          key,
          pausedAt: new Date(),
          pausedReason: 'is_archived',
        })),
      ),
    );
    const shown = await app.as('ada').type('deliveries');
    expect(shown.text).toContain('the channel is archived');
    const press = shown.buttons.find(({ press }) => 'i' in press && press.i.gate === gate);
    if (!press) throw new Error('no way to open it');
    await app.as('ada').press(press.press);
    expect((await rowOf(id)).state).toBe('ready');
    expect((await rowOf(other.id)).state).toBe('paused');
  });

  it('opens the place that is named and no other, whatever signs its name has', async () => {
    const keys = ['channel:C_1', 'channel:CX1', 'channel:C%'].map((at) => `slack:${app.installation}:${at}`);
    await app.inOrg((tx) =>
      tx
        .insert(gates)
        .values(keys.map((key) => ({ orgId: app.orgId, key, pausedAt: new Date(), pausedReason: 'test' }))),
    );
    for (const gate of ['%', 'slack:%', `slack:${app.installation}:channel:C_`]) {
      expect(await app.as('ada').call('deliveries.redrive', { gate })).toMatchObject({ gates: 0 });
    }
    expect(await app.as('ada').call('deliveries.redrive', { gate: keys[0] })).toMatchObject({ gates: 1 });
    await app.as('ada').call('deliveries.redrive', {});
  });

  it('of another organization are not there to be sent, dropped or let through', async () => {
    const other = await testApp();
    const { id, gate } = await message('dead');
    await app.inOrg((tx) =>
      tx.insert(gates).values({ orgId: app.orgId, key: gate, pausedAt: new Date(), pausedReason: 'test' }),
    );
    const ada = other.as('ada');
    await expect(ada.call('deliveries.redrive', { message: id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await ada.call('deliveries.dismiss', { message: id })).toEqual({ isDismissed: false });
    expect(await ada.call('deliveries.redrive', { gate })).toEqual({ gates: 0, messages: 0 });
    expect(await ada.call('deliveries.redrive', {})).toEqual({ gates: 0, messages: 0 });
    expect((await rowOf(id)).state).toBe('dead');
    await app.as('ada').call('deliveries.redrive', {});
  });

  it('pressed twice at once go out once', async () => {
    const { id } = await message('uncertain');
    const pressed = await Promise.allSettled(
      [1, 2, 3].map(() => app.as('ada').call('deliveries.redrive', { message: id })),
    );
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await app.inOrg((tx) => tx.update(outbox).set({ state: 'cancelled' }).where(eq(outbox.id, id)));
  });

  it('that were handled are told of with who did what, when and to what', async () => {
    app.clock.set('2026-11-12T09:00:00Z');
    const dead = await message('dead', { reason: 'invalid_blocks' });
    const lost = await message('uncertain');
    const held = await message('paused', { reason: 'is_archived' });
    await app.inOrg((tx) =>
      tx
        .insert(gates)
        .values({ orgId: app.orgId, key: held.gate, pausedAt: new Date(), pausedReason: 'is_archived' }),
    );
    await app.as('ada').call('deliveries.redrive', { message: dead.id });
    app.clock.forward(60_000);
    await app.as('ada').call('deliveries.dismiss', { message: lost.id });
    app.clock.forward(60_000);
    await app.as('ada').call('deliveries.redrive', { gate: held.gate });
    const ada = await app.as('ada').memberId();
    const noted = await app.inOrg((tx) =>
      tx
        .select({ actorId: audit.actorId, action: audit.action, at: audit.at, change: recordChanges })
        .from(recordChanges)
        .innerJoin(audit, eq(audit.id, recordChanges.auditId))
        .where(inArray(recordChanges.kind, ['delivery', 'gate']))
        .orderBy(desc(recordChanges.at), desc(recordChanges.id))
        .limit(3),
    );
    expect(noted).toMatchObject([
      {
        actorId: ada,
        action: 'deliveries.redrive',
        at: new Date('2026-11-12T09:02:00Z'),
        change: { before: { reason: 'is_archived' }, after: { gate: held.gate, messages: 1 } },
      },
      {
        actorId: ada,
        action: 'deliveries.dismiss',
        at: new Date('2026-11-12T09:01:00Z'),
        change: { recordId: lost.id, before: { state: 'uncertain' }, after: { state: 'cancelled' } },
      },
      {
        actorId: ada,
        action: 'deliveries.redrive',
        at: new Date('2026-11-12T09:00:00Z'),
        change: { recordId: dead.id, before: { state: 'dead' }, after: { state: 'ready' } },
      },
    ]);
    const shown = await app.as('ada').type('deliveries handled');
    const rows = shown.text.split('\n').filter((row) => row.includes('Ada Young'));
    expect(rows.slice(0, 3)).toEqual([
      expect.stringMatching(/opened again.*1 message .*Thu 12 Nov, 09:02.*the channel is archived/),
      expect.stringMatching(/taken off the list.*deal assigned.*Thu 12 Nov, 09:01.*was: uncertain/),
      expect.stringMatching(/sent again.*deal assigned.*Thu 12 Nov, 09:00.*was: not sent/),
    ]);
    expect((await app.as('lina').type('发送记录 处理记录')).text).toContain('⛔');
  });

  it('sent again from the command line are told of as well, once each', async () => {
    const { id } = await message('dead');
    await operate(app.engine, { orgId: app.orgId, handler: 'deliveries' }, (ctx) =>
      sendAgain(ctx, undefined),
    );
    const noted = await app.inOrg((tx) =>
      tx.select().from(recordChanges).where(eq(recordChanges.recordId, id)),
    );
    expect(noted).toHaveLength(1);
    expect((await app.as('ada').type('deliveries handled')).text).toContain('an operator');
    // Nothing to send: nothing to tell of.
    await app.as('ada').call('deliveries.redrive', {});
    await app.as('ada').call('deliveries.dismiss', { message: id });
    const after = await app.inOrg((tx) =>
      tx.select().from(recordChanges).where(eq(recordChanges.recordId, id)),
    );
    expect(after).toHaveLength(1);
  });

  it('a shut channel is told once to the admins when nobody set it up', async () => {
    const { gate, id } = await message('paused');
    const subscription = app.registry.subscription(deliveryPaused.name, 'deliveries.tell-paused');
    expect(subscription).toBeDefined();
    await app.inOrg((tx) =>
      tx.insert(outbox).values({
        orgId: app.orgId,
        id: randomUUID(),
        kind: 'event',
        name: deliveryPaused.name,
        handler: 'deliveries.tell-paused',
        orderKey: `${gate} told`,
        payload: {
          gate,
          scope: 'destination',
          platform: 'slack',
          installation: app.installation,
          place: { kind: 'channel', id: gate.split(':')[3] },
          reason: 'is_archived',
          postId: id,
        },
      }),
    );
    await app.drainOutbox();
    const told = await app.inOrg((tx) =>
      tx.select().from(outbox).where(eq(outbox.name, 'deliveries.place-paused')),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.payload).toMatchObject({ gate, memberId: null, reason: 'is_archived' });
  });
});
