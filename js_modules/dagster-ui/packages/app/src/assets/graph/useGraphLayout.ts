import { anchored, type Layout, LayoutWorker } from "@dagster-ui/lineage";
import { useEffect, useRef, useState } from "react";
import { type GraphModel, layoutRequest } from "./model";

/**
 * The layout of the model, made in a worker; the one before stays until the next is there. After a group was opened or closed it
 * stays where it was, and everything else moves around it.
 */
export function useGraphLayout(
  model: GraphModel,
  isOpen: Uint8Array,
): { layout: Layout | undefined; model: GraphModel } {
  const worker = useRef<LayoutWorker | undefined>(undefined);
  const [made, setMade] = useState<{ layout: Layout; model: GraphModel } | undefined>(undefined);
  const latest = useRef(made);
  latest.current = made;
  useEffect(
    () => () => {
      worker.current?.close();
      worker.current = undefined;
    },
    [],
  );
  useEffect(() => {
    let isWanted = true;
    worker.current ??= new LayoutWorker();
    void worker.current.layout(layoutRequest(model, isOpen, aspectOfWindow())).then((layout) => {
      if (layout && isWanted) setMade({ layout: keepPlace(layout, latest.current, model), model });
    });
    return () => {
      isWanted = false;
    };
  }, [model, isOpen]);
  return { layout: made?.layout, model: made?.model ?? model };
}

/** The graph takes most of the window; of a phone held upright it is made taller than wide. */
function aspectOfWindow(): number {
  return Math.min(1.8, Math.max(0.6, window.innerWidth / window.innerHeight));
}

function keepPlace(
  layout: Layout,
  before: { layout: Layout; model: GraphModel } | undefined,
  model: GraphModel,
): Layout {
  if (!before || before.model !== model) return layout;
  const changed = layout.isOpen.findIndex((isOpen, group) => isOpen !== before.layout.isOpen[group]);
  const isOne = layout.isOpen.filter((isOpen, group) => isOpen !== before.layout.isOpen[group]).length === 1;
  return isOne ? anchored(layout, before.layout, model.nodes.length + changed) : layout;
}
