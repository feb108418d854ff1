export { hintText, processText } from './cards.ts';
export { deciderHints, type ProcessFigures, processFigures, type Stretch } from './figures.ts';
export type { DeciderHint, PersonProcess, Process, Rate } from './model.ts';
