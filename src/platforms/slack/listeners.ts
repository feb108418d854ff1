import type { App } from '@slack/bolt';
import type { Delivery, Surroundings } from './delivery.ts';
import { handleCommand, handleLookup, handleShortcut } from './handle-commands.ts';
import { handleEvent } from './handle-events.ts';
import { handlePress, handleSubmit } from './handle-views.ts';

/**
 * A handful of listeners for everything: the SDK runs each of them for each request, so that one per action would
 * cost more than the action. What is meant is decided by the engine.
 */
export function listen(app: App, around: Surroundings): void {
  app.command(/.*/, ({ context }) => handleCommand(around, deliveryOf(context)));
  app.action({ type: 'block_actions' }, ({ context }) => handlePress(around, deliveryOf(context)));
  app.options({ type: 'block_suggestion' }, ({ context }) => handleLookup(around, deliveryOf(context)));
  app.view({ type: 'view_submission' }, ({ context }) => handleSubmit(around, deliveryOf(context)));
  app.view({ type: 'view_closed' }, async ({ context }) => {
    deliveryOf(context).answer();
  });
  app.shortcut({ type: 'shortcut' }, ({ context }) => handleShortcut(around, deliveryOf(context)));
  app.shortcut({ type: 'message_action' }, ({ context }) => handleShortcut(around, deliveryOf(context)));
  app.event(/.*/, ({ context }) => handleEvent(around, deliveryOf(context)));
}

/** Put there by the receiver, which has read the payload into exactly the type the listener is for. */
function deliveryOf<P>(context: Record<string, unknown>): Delivery<P> {
  return context.delivery as Delivery<P>;
}
