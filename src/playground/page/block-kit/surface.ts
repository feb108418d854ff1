import { createContext, useContext } from 'react';
import { asJson, asText } from '../../json.ts';
import { valuesOf } from '../../slack/values.ts';
import type { Options } from '../client.ts';
import type { Json } from '../model.ts';

/** What the elements of one message, form or home tab can do. */
export interface Surface {
  kind: 'message' | 'modal' | 'home';
  /** What has been entered here, by block and action, as `state.values` has it. */
  entered: Json;
  enter(block: Json, element: Json, state: Json): void;
  press(block: Json, element: Json, value?: unknown): void;
  search(block: Json, element: Json, query: string): Promise<Options>;
  /** The element that waits for its answer: `block action`. */
  pending: string | null;
  /** By block id. */
  errors: Record<string, string>;
}

const nothing: Surface = {
  kind: 'message',
  entered: {},
  enter: () => undefined,
  press: () => undefined,
  search: () => Promise.resolve({ options: [], groups: [] }),
  pending: null,
  errors: {},
};

export const SurfaceContext = createContext<Surface>(nothing);

export function useSurface(): Surface {
  return useContext(SurfaceContext);
}

/** The element's state now: what was entered, else what it came with. */
export function stateIn(surface: Surface, block: Json, element: Json): Json {
  const values = valuesOf(
    [{ ...block, elements: [element], accessory: undefined, element: undefined }],
    surface.entered,
  );
  return asJson(asJson(values[asText(block.block_id)])[asText(element.action_id)]);
}

export function isPending(surface: Surface, block: Json, element: Json): boolean {
  return surface.pending === keyOf(block, element);
}

export function keyOf(block: Json, element: Json): string {
  return `${asText(block.block_id)} ${asText(element.action_id)}`;
}

export interface ElementProps {
  block: Json;
  element: Json;
}

/** In a form's input the choice is kept until Submit; anywhere else it is sent at once. */
export function useChoice({ block, element }: ElementProps): (state: Json, value: unknown) => void {
  const surface = useSurface();
  return (state, value) => {
    surface.enter(block, element, state);
    if (block.type !== 'input' || block.dispatch_action === true) surface.press(block, element, value);
  };
}
