import { z } from 'zod';
import type { Profile } from '../../runtime/interaction.ts';

const userSchema = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  locale: z.string().optional(),
  tz: z.string().nullish(),
  is_bot: z.boolean().optional(),
  is_app_user: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  enterprise_user: z
    .object({ enterprise_id: z.string().optional(), teams: z.array(z.string()).optional() })
    .nullish(),
  profile: z
    .object({
      real_name: z.string().optional(),
      display_name: z.string().optional(),
      email: z.string().optional(),
    })
    .optional(),
});

/** A `users.info` answer as who the person is. `installation`: the workspace (or enterprise) that asks. */
export function readProfile(answer: Record<string, unknown>, installation: string): Profile | undefined {
  const read = userSchema.safeParse(answer.user);
  if (!read.success) return undefined;
  const user = read.data;
  const name = [user.profile?.real_name, user.real_name, user.profile?.display_name, user.name].find(Boolean);
  const email = user.profile?.email;
  return {
    name: name ?? user.id,
    email: email ? email : null,
    locale: user.locale?.startsWith('zh') ? 'zh-CN' : 'en',
    timeZone: knownZone(user.tz),
    isOwnerOrAdmin: Boolean(user.is_owner || user.is_primary_owner || user.is_admin),
    isOutsider: isOutsider(user, installation),
  };
}

type User = z.output<typeof userSchema>;

function isOutsider(user: User, installation: string): boolean {
  if (user.is_bot || user.is_workflow_bot || user.id === 'USLACKBOT') return true;
  if (user.deleted || user.is_restricted || user.is_ultra_restricted || user.is_stranger) return true;
  const { enterprise_user: enterprise, team_id: team } = user;
  if (team === installation || enterprise?.enterprise_id === installation) return false;
  return !enterprise?.teams?.includes(installation);
}

function knownZone(zone: string | null | undefined): string {
  if (!zone) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
