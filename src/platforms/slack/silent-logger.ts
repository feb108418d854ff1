import type { Logger, LogLevel } from '@slack/bolt';

const nothing = () => {};

/** The SDK's own logs hold message texts and users: they are switched off. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => 'error' as LogLevel,
};
