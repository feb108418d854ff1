import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, type InstallBench, openInstallBench, publicUrl } from '../../support/slack-install.ts';

let bench: InstallBench;
let at: ReturnType<InstallBench['workspace']>;
let channel = '';
let link = '';
beforeAll(async () => {
  bench = await openInstallBench('East');
  at = bench.workspace();
  channel = `C${at.id}`;
  await new Browser(bench.routes).install({ team: at.id, user: at.owner });
  const text = 'new-lead "Quarry <!here> Pumps" Jane jane@quarry.example 80k';
  const { body } = await bench.slack.command({ user: at.rep, team: at.id, channel, text });
  const [number] = /L-\d+/.exec(String((body as { text?: string }).text)) ?? [];
  link = `${publicUrl}/tab/leads/${number}`;
});
afterAll(() => bench?.close());

async function say(user: string, text: string, where = channel): Promise<void> {
  await bench.slack.say({ user, team: at.id, channel: where, text });
  await bench.drain();
}
const shownIn = (where: string) =>
  bench.slack.messages({ team: at.id, channel: where }).flatMap(({ unfurls = [] }) => unfurls);

test('a posted link shows what the record is called to the channel, and the record to who asks', async () => {
  await say(at.rep, `What about ${link}?`);
  const [unfurl, ...others] = shownIn(channel);
  expect(others).toEqual([]);
  const text = JSON.stringify(unfurl?.blocks);
  expect(text).toContain('Quarry <!here> Pumps');
  expect(text).not.toMatch(/80|Jane|quarry\.example|Rae/);
  await bench.slack.press({ user: at.owner, team: at.id, channel, label: 'Show' });
  await bench.drain();
  const mine = bench.slack.messages({ team: at.id, channel, user: at.owner }).at(-1);
  expect(mine).toMatchObject({
    kind: 'ephemeral',
    onlyFor: at.owner,
    text: expect.stringContaining('80,000'),
  });
  expect(bench.logged.filter((line) => line.includes('not unfurled'))).toEqual([]);
});

test('nothing is shown to other companies, for guests, and for records that are not there', async () => {
  const before = shownIn(channel).length;
  await say(at.rep, link, `CSHARED${at.id}`);
  await say(at.guest, link);
  await say(at.rep, `${publicUrl}/tab/leads/L-999999`);
  await say(at.rep, link.replace('crm.example.com', 'crm.example.com.evil.example'));
  expect(shownIn(`CSHARED${at.id}`)).toEqual([]);
  expect(shownIn(channel)).toHaveLength(before);
  await say(at.rep, link);
  expect(shownIn(channel)).toHaveLength(before + 1);
});
