export { levelOf } from './figures.ts';
export { levelField } from './inputs.ts';
export { type TargetLevel, targetLevels } from './model.ts';
export { type OwnMoney, sellers, targetsIn, type Whose } from './queries.ts';
