export type { DeliveryView } from './model.ts';
export { countTrouble, deliveriesOf, openGates, pausedGates, sendAgain } from './queries.ts';
