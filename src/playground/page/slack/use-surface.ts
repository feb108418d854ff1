import { useState } from 'react';
import { asJson, asText } from '../../json.ts';
import { keyOf, type Surface } from '../block-kit/surface.ts';
import { askOptions } from '../client.ts';
import type { Json } from '../model.ts';
import type { Gestures } from './use-gestures.ts';

interface Around {
  kind: Surface['kind'];
  user: string;
  team: string;
  /** Names the message or view in every request. */
  at: Json;
  gestures: Gestures;
  initial?: Json;
  errors?: Record<string, string>;
}

/** Makes the elements of one message, form or home tab work. */
export function useSurfaceFor({
  kind,
  user,
  team,
  at,
  gestures,
  initial = {},
  errors = {},
}: Around): Surface {
  const [entered, setEntered] = useState<Json>(initial);
  const [pending, setPending] = useState<string | null>(null);

  const select = (block: Json, element: Json): Json => ({
    ...at,
    blockId: block.block_id,
    actionId: element.action_id,
  });

  return {
    kind,
    entered,
    pending,
    errors,
    enter(block, element, state) {
      const blockId = asText(block.block_id);
      setEntered((before) => ({
        ...before,
        [blockId]: { ...asJson(before[blockId]), [asText(element.action_id)]: state },
      }));
    },
    async press(block, element, value) {
      setPending(keyOf(block, element));
      const values = kind === 'modal' ? { values: entered } : {};
      const chosen = value === undefined ? {} : { value };
      await gestures.run('press', { ...select(block, element), ...chosen, ...values });
      setPending(null);
    },
    search: (block, element, query) =>
      askOptions({ user, team, ...select(block, element), query }).catch((cause: unknown) => ({
        options: [],
        groups: [],
        error: cause instanceof Error ? cause.message : String(cause),
      })),
  };
}
