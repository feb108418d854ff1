import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';

const dealKey = 'deal';

/** Lets a card be dragged. Answers whether it is. */
export function useDraggable(
  element: RefObject<HTMLElement | null>,
  number: string,
  canDrag: boolean,
  onDragging: (number: string | undefined) => void,
): boolean {
  const [isDragged, setIsDragged] = useState(false);
  useEffect(() => {
    const card = element.current;
    if (!card || !canDrag) return;
    return draggable({
      element: card,
      getInitialData: () => ({ [dealKey]: number }),
      onDragStart: () => {
        setIsDragged(true);
        onDragging(number);
      },
      onDrop: () => {
        setIsDragged(false);
        onDragging(undefined);
      },
    });
  }, [element, number, canDrag, onDragging]);
  return isDragged;
}

/** Takes dragged cards. Answers whether one is held over it. */
export function useDropTarget(
  element: RefObject<HTMLElement | null>,
  onDrop: (number: string) => void,
): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    return dropTargetForElements({
      element: target,
      canDrop: ({ source }) => typeof source.data[dealKey] === 'string',
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop: ({ source }) => {
        setIsOver(false);
        const number = source.data[dealKey];
        if (typeof number === 'string') onDrop(number);
      },
    });
  }, [element, onDrop]);
  return isOver;
}
