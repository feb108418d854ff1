import { afterEach, beforeEach, expect, test } from 'vitest';
import { botId, channel, lina, tenantId, wei } from '../../playground/teams-service.ts';
import { Harness } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

const mention = (id: string, name: string) => ({
  type: 'mention',
  text: `<at>${name}</at>`,
  mentioned: { id, name },
});

const said = (text: string, entities: object[]) => ({
  type: 'message',
  id: '1700000000001',
  channelId: 'msteams',
  serviceUrl: teams.serviceUrl,
  from: { id: '29:chen.wei', name: 'Chen Wei', aadObjectId: wei },
  conversation: { id: channel, conversationType: 'channel', tenantId, isGroup: true },
  recipient: { id: botId, name: 'CRM' },
  channelData: { tenant: { id: tenantId } },
  text,
  entities,
});

const asked = () => teams.standIn.calls().filter(({ operation }) => operation === 'member').length;

test('somebody named several times is looked up once', async () => {
  const li = mention('29:li.na', 'Li Na');
  const text = '<at>CRM</at> assign L-1 <at>Li Na</at> <at>Li Na</at>';
  await teams.send(said(text, [mention(botId, 'CRM'), li, li]));
  expect(teams.interactions).toEqual([
    { kind: 'command', line: `assign L-1 <@${lina}|Li Na> <@${lina}|Li Na>` },
  ]);
  expect(asked()).toBe(1);
});

test('a message that names a crowd asks the service about a few of them only', async () => {
  const crowd = Array.from({ length: 300 }, (_, n) => mention(`29:nobody-${n}`, `Nobody ${n}`));
  const text = `<at>CRM</at> note ${crowd.map(({ text }) => text).join(' ')}`;
  await teams.send(said(text, [mention(botId, 'CRM'), ...crowd]));
  expect(teams.interactions).toHaveLength(1);
  expect(asked()).toBe(10);
});
