export { type Composed, compose, dayBefore } from './compose.ts';
export { digestCard, threadCard, threadOf } from './digest-card.ts';
export { usualRules } from './rules.ts';
export { keepSchedules } from './schedule.ts';
export { asMember, type Whose, whoseOf } from './scope.ts';
