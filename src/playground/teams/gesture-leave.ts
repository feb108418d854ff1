import { envelope } from './activity.ts';
import { type Desk, personOf, senderOf } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { placesOf } from './places.ts';
import { outcomeOf, unsent, watch } from './watch.ts';

export interface LeaveInput {
  user: string;
  tenant?: string;
  /** Only this team or one of its channels is left; without one, the account is deleted from the directory. */
  conversation?: string;
}

/**
 * Somebody leaves a team, or their account is deleted. Bots are told by the teams they share with the person, and by
 * nobody else.
 */
export async function leave(desk: Desk, input: LeaveInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.tenant);
  const { tenant, user } = person;
  const teams = tenant.teams.filter(
    ({ id, channels }) =>
      (input.conversation === undefined ||
        [id, ...channels.map((one) => one.id)].includes(input.conversation)) &&
      channels.some(({ members }) => members.includes(user.aadObjectId)),
  );
  const told = teams.flatMap((team) => {
    const place = placesOf(desk.world, tenant).find((one) => one.team?.id === team.id);
    return place?.isInstalled ? [{ ...place, id: team.id }] : [];
  });
  for (const { channels } of teams) {
    for (const channel of channels) {
      channel.members = channel.members.filter((id) => id !== user.aadObjectId);
    }
  }
  if (input.conversation === undefined) user.isDeleted = true;
  desk.world.changed({ kind: 'conversations', tenant: tenant.id });
  const [first, ...others] = told;
  if (!first) return unsent([]);
  const seen = watch(desk.world, person);
  let outcome: Outcome | undefined;
  for (const place of [first, ...others]) {
    const activity = envelope(senderOf(desk, { ...person, place }), {
      type: 'conversationUpdate',
      membersRemoved: [{ id: user.id, aadObjectId: user.aadObjectId }],
      channelData: {
        tenant: { id: tenant.id },
        team: { id: place.id, name: place.name },
        eventType: 'teamMemberRemoved',
      },
    });
    outcome = outcomeOf({ activity, answer: await desk.courier.deliver(activity) }, []);
    if (!outcome.ok) break;
  }
  const shown = seen.stop();
  return outcome ? { ...outcome, shown } : unsent(shown);
}
