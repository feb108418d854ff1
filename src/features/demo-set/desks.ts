import type { Ctx } from '../../runtime/context.ts';
import { createRecord } from '../../store/records.ts';
import { showWaiting } from '../org/approvals/api.ts';
import { deskRecord } from '../org/approvals/record.ts';
import { channelRecord } from '../org/channels/record.ts';
import { demoChannels, demoPeople } from './people.ts';
import { type DemoInstallation, membersByEmail } from './queries.ts';

/**
 * Makes the deal desk of the demo organization one, on the platform of `at`, with the requests that wait. Only the playground starts with it: the
 * demo set itself leaves the channel alone.
 */
export async function seedDemoDesk(ctx: Ctx, { platform, installation }: DemoInstallation): Promise<void> {
  const channel = demoChannels.find(({ key }) => key === 'deal-desk');
  const ada = demoPeople.find(({ key }) => key === 'ada');
  if (!channel || !ada?.email) throw new TypeError('the demo set has no deal desk');
  const { name, slackChannelId, teamsChannelId } = channel;
  const { locale, timeZone, email } = ada;
  const setBy = (await membersByEmail(ctx, [email])).get(email) ?? null;
  const made = await createRecord(ctx, channelRecord, {
    platform,
    installation,
    placeId: platform === 'slack' ? slackChannelId : teamsChannelId,
    name,
    locale: locale === 'zh-CN' ? 'zh-CN' : 'en',
    timeZone,
    setBy,
  });
  const desk = await createRecord(ctx, deskRecord, { channelId: made.id, kind: null, setById: setBy });
  await showWaiting(ctx, made, desk);
}
