/** A person as Teams and Entra know them. */
export interface TeamsUser {
  /** `29:…`: another one for every bot, so it names nobody outside this app. */
  id: string;
  /** Object id in the directory (a UUID): the same for every app. */
  aadObjectId: string;
  name: string;
  email: string;
  userPrincipalName: string;
  locale: 'en-US' | 'zh-CN';
  /** IANA zone. */
  timeZone: string;
  userRole: 'user' | 'guest' | 'anonymous';
  /** Shown beside the name on the page, such as "rep". */
  note?: string;
  /** Whether they have the app in their personal scope; yes unless said otherwise. */
  hasApp?: boolean;
  /** The account is gone from the directory: no roster knows it, not even that of its own conversation with the app. */
  isDeleted?: boolean;
}

export interface TeamsChannel {
  /** `19:…@thread.tacv2` */
  id: string;
  name: string;
  /** `aadObjectId`s. */
  members: string[];
  isArchived?: boolean;
  /** Open to other teams and companies. Teams decides it when the channel is made. */
  isShared?: boolean;
}

export interface TeamsTeam {
  /** `19:…@thread.tacv2`, as in `channelData.team.id`; the id of its General channel. */
  id: string;
  name: string;
  channels: TeamsChannel[];
  /** Whether the app is installed in it; yes unless said otherwise. */
  hasApp?: boolean;
}

/** A chat of several people outside any team. */
export interface TeamsGroup {
  /** `19:…@thread.v2` */
  id: string;
  name: string;
  /** `aadObjectId`s. */
  members: string[];
  /** Whether the app is installed in it; yes unless said otherwise. */
  hasApp?: boolean;
}

export interface Tenant {
  /** UUID. */
  id: string;
  name: string;
  users: TeamsUser[];
  teams: TeamsTeam[];
  groups?: TeamsGroup[];
  /** How the app is called here; `CRM` unless said otherwise. */
  appName?: string;
  /** Whether messages that only one person sees can be sent to channels and groups; yes unless said otherwise. */
  supportsTargeted?: boolean;
}
