import { type Direction, firstBox, type Layout, type LineageView, walk } from "@dagster-ui/lineage";
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";

interface GraphKeys {
  layout: Layout | undefined;
  focus: number | undefined;
  focusBox: (box: number | undefined) => void;
  /** Opens the page of a node; opens or closes a group. */
  act: (box: number) => void;
  choose: (box: number) => void;
  view: LineageView | undefined;
}

const directions: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  h: "left",
  l: "right",
  k: "up",
  j: "down",
};

/** What keys do while the graph has the focus. */
export function useGraphKeys({ layout, focus: shown, focusBox, act, choose, view }: GraphKeys) {
  // The focus stands in the address, which follows a moment later: the next key must not wait for it.
  const moved = useRef<number>(undefined);
  useEffect(() => {
    if (moved.current === shown) moved.current = undefined;
  }, [shown]);
  return useCallback(
    (event: KeyboardEvent) => {
      if (!layout || event.ctrlKey || event.metaKey || event.altKey) return;
      const focus = moved.current ?? shown;
      const direction = directions[event.key];
      if (direction) {
        const target = focus === undefined ? firstBox(layout) : walk(layout, focus, direction);
        if (target !== undefined) {
          moved.current = target === shown ? undefined : target;
          focusBox(target);
          view?.reveal(target);
        }
      } else if (event.key === "Enter" && focus !== undefined) act(focus);
      else if (event.key === "x" && focus !== undefined) choose(focus);
      else if (event.key === "Escape" && focus !== undefined) {
        moved.current = undefined;
        focusBox(undefined);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [layout, shown, focusBox, act, choose, view],
  );
}
