export { changesUndone } from './events.ts';
