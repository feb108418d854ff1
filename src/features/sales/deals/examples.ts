import { command } from '../../../kernel/text.ts';

/** A line that opens a deal, for screens that have none to show. */
export const createExample = command('deal acme "40 pumps" 80k close:eom');
