import { on } from '../../../runtime/event.ts';
import { accountClassReleased } from '../../crm/accounts/api.ts';
import { classifyAll, classifyOne } from './classify.ts';
import { classesQueued } from './events.ts';

export const subscriptions = [
  on(classesQueued, 'value-class.classify-all', (ctx) => classifyAll(ctx)),
  on(accountClassReleased, 'value-class.classify-one', (ctx, { accountId }) => classifyOne(ctx, accountId)),
];
