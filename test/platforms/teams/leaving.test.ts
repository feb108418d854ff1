import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tenantId } from '../../playground/teams-service.ts';
import { Harness, orgId } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

const person = () => {
  const [first] = teams.standIn.tenants()[0]?.users ?? [];
  if (!first) throw new Error('the tenant is empty');
  return first;
};
const ask = (userIds: string[], cursor: string | null = null) =>
  teams.platform.chatAccounts?.({ platform: 'teams', installation: tenantId, userIds, cursor });

describe('somebody who is in a team no more', () => {
  test('is asked about, whether they left the team or altogether', async () => {
    const { aadObjectId: user } = person();
    expect((await teams.standIn.leave({ user })).status).toBe(200);
    expect(teams.doubted).toEqual([[orgId, tenantId, [user]]]);
  });

  test('is told again when it could not be kept', async () => {
    const away = await new Harness().start({ doubtAccounts: () => Promise.reject(new Error('away')) });
    const [user] = away.standIn.tenants()[0]?.users ?? [];
    expect((await away.standIn.leave({ user: user?.aadObjectId ?? '' })).status).toBe(503);
    await away.stop();
  });

  test('is nobody’s business where the activity is not signed', async () => {
    const { aadObjectId: user } = person();
    await teams.standIn.leave({ user });
    const told = teams.standIn.deliveries().at(-1)?.activity ?? {};
    teams.doubted.length = 0;
    expect((await teams.standIn.sendRaw(told)).status).toBe(401);
    expect((await teams.standIn.sendRaw(told, 'Bearer forged')).status).toBe(401);
    expect(teams.doubted).toEqual([]);
  });
});

describe('what the connector says of an account', () => {
  test('is that it is there, or that its own conversation does not know it any more', async () => {
    const { aadObjectId: user } = person();
    await teams.standIn.say({ user, text: 'help' });
    expect(await ask([user])).toEqual({ accounts: [{ userId: user, isGone: false }], next: null });
    person().isDeleted = true;
    expect(await ask([user])).toEqual({ accounts: [{ userId: user, isGone: true }], next: null });
  });

  test('is nothing of those who never wrote to the app, and of those who removed it', async () => {
    const { aadObjectId: user } = person();
    const stranger = '00000000-0000-4000-8000-0000000000aa';
    await teams.standIn.say({ user, text: 'help' });
    await teams.standIn.uninstall({ user });
    expect(await ask([user, stranger])).toEqual({ accounts: [], next: null });
  });

  test('of many people is asked a few at a time', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `00000000-0000-4000-8000-0000000001${10 + n}`);
    const first = await ask(ids);
    expect(first?.next).toBe(ids[7]);
    const second = await ask(ids, first?.next);
    expect(second?.next).toBe(ids[15]);
    expect((await ask(ids, second?.next))?.next).toBeNull();
  });
});
