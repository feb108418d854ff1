export { type Composed, compose, dayBefore } from './compose.ts';
export { previewOf } from './digest-card.ts';
export { usualRules } from './rules.ts';
export { destinationOf, keepSchedules, keyPrefixOf, runJob } from './schedule.ts';
export { asMember, type Whose, whoseOf } from './scope.ts';
