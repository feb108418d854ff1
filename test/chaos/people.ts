/** Who works in the organization of these runs, on whichever platform. */

export const slack = { team: 'T0CHAOS', token: 'xoxb-chaos', bot: 'U0BOT' } as const;
export const teams = {
  tenant: '00000000-0000-4000-8000-00000000e417',
  appId: '00000000-0000-4000-8000-00000000b070',
  appSecret: 'chaos-app-secret',
} as const;

export interface Somebody {
  name: string;
  email: string;
  slackId: string;
  teamsId: string;
  fromId: string;
}

/** The first one is the manager who types. */
export function person(index: number): Somebody {
  const digits = String(index).padStart(12, '0');
  return {
    name: `Person ${index}`,
    email: `p${index}@chaos.example`,
    slackId: `U0P${index}`,
    teamsId: `00000000-0000-4000-9000-${digits}`,
    fromId: `29:p${index}`,
  };
}
