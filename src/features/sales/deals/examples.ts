import { command } from '../../../kernel/text.ts';

/** A line that works where nothing is saved yet, for screens that have no deal to show. */
export const firstLine = command('new-lead "Acme Pumps" Jane 80k', '新建线索 远景机械 王敏 80万');
