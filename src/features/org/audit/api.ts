export { changesUndone } from './events.ts';
export { handsOn } from './queries.ts';
