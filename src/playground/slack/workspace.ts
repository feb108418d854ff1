/** A person (or bot) as the stand-in knows them. */
export interface StandInUser {
  /** `U…` */
  id: string;
  /** Handle: what `<@U…|name>` carries. */
  name: string;
  realName: string;
  email: string;
  locale: 'en-US' | 'zh-CN';
  /** IANA zone. */
  tz: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  isBot?: boolean;
  /** Guest in several channels. */
  isRestricted?: boolean;
  /** Guest in one channel. */
  isUltraRestricted?: boolean;
  /** Home workspace of somebody who is here through a shared channel only. */
  teamId?: string;
  deleted?: boolean;
  /** Shown beside the name on the page, such as "rep". */
  note?: string;
}

export interface StandInChannel {
  /** `C…` */
  id: string;
  name: string;
  members: string[];
  topic?: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  /** Shared with another company. */
  isExtShared?: boolean;
  /** Whether the app's bot is in it; yes unless said otherwise. */
  hasBot?: boolean;
}

export interface Workspace {
  /** `T…` */
  id: string;
  name: string;
  domain: string;
  /** `xoxb-…` */
  botToken: string;
  botUserId: string;
  appId: string;
  appName?: string;
  users: StandInUser[];
  channels: StandInChannel[];
  /** Domains whose links the app is told of, and may unfurl. */
  unfurlDomains?: string[];
  /** Granted scopes; without a list, all of them. */
  scopes?: string[];
}
