import type { Delivery, Surroundings } from './delivery.ts';
import { handleCardAction } from './handle-card.ts';
import { handleFetch, handleSubmit } from './handle-dialog.ts';
import { handleCommand, handleLink, handleQuery, handleSelect, handleTypeAhead } from './handle-extension.ts';

/** The body of the answer; `undefined`: none. */
export type Handler = (around: Surroundings, delivery: Delivery) => Promise<object | undefined>;

const handlers: Readonly<Record<string, Handler>> = {
  'adaptiveCard/action': handleCardAction,
  'application/search': handleTypeAhead,
  'composeExtension/fetchTask': handleCommand,
  'composeExtension/query': handleQuery,
  'composeExtension/queryLink': handleLink,
  'composeExtension/selectItem': handleSelect,
  'composeExtension/submitAction': handleSubmit,
  // Feedback is no request: it is taken, and Teams shows its thanks.
  'message/submitAction': async () => ({}),
  'task/fetch': handleFetch,
  'task/submit': handleSubmit,
};

/** `undefined`: an invoke that is not served. */
export function invokeHandler(name: string | null | undefined): Handler | undefined {
  return name && Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}
