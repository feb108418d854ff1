import type { App } from '@slack/bolt';
import type { Delivery, Surroundings } from './delivery.ts';
import { handleCommand, handleLookup, handleShortcut } from './handle-commands.ts';
import { handleEvent } from './handle-events.ts';
import { handlePress, handleSubmit } from './handle-views.ts';
import type { Routed } from './inbound.ts';

/**
 * One listener for everything: the SDK runs the chains of all listeners for each request, so that one per kind
 * (let alone one per action) costs more than all the rest of receiving. What is meant is decided by the engine.
 */
export function listen(app: App, around: Surroundings): void {
  app.use(({ context }) => handle(around, context.routed as Routed, context.delivery as Delivery<unknown>));
}

async function handle(around: Surroundings, routed: Routed, delivery: Delivery<unknown>): Promise<void> {
  if (routed.kind === 'command') return handleCommand(around, { ...delivery, payload: routed.payload });
  if (routed.kind === 'event') return handleEvent(around, { ...delivery, payload: routed.payload });
  const { payload } = routed;
  switch (payload.type) {
    case 'block_actions':
      return handlePress(around, { ...delivery, payload });
    case 'view_submission':
      return handleSubmit(around, { ...delivery, payload });
    case 'block_suggestion':
      return handleLookup(around, { ...delivery, payload });
    case 'shortcut':
    case 'message_action':
      return handleShortcut(around, { ...delivery, payload });
    case 'view_closed':
      delivery.answer();
      return;
    default:
      payload satisfies never;
  }
}
