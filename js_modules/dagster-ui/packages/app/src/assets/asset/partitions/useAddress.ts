import type { Block } from "@dagster-ui/kit";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { writeRanges } from "./texts";
import { firstView, nothingChosen, type Partitioning, stretchesOf, type View } from "./use";

const route = getRouteApi("/assets/$");

/** Up to so many ranges stand in the address. */
const mostInAddress = 12;

/** The dimensions that are shown; which lie across and down stands in the address. */
export function useViewInAddress(partitioning: Partitioning): [View | undefined, (view: View) => void] {
  const { across, down } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/$" });
  const [view, setView] = useState(() => firstView(partitioning.axes, across, down));
  // The axes of before are gone when there are others.
  const axes = useRef(partitioning.axes);
  if (axes.current !== partitioning.axes) {
    axes.current = partitioning.axes;
    setView(firstView(partitioning.axes, across, down));
  }
  const change = useCallback(
    (next: View) => {
      setView(next);
      void navigate({
        search: (old) => ({ ...old, across: next.columns.name, down: next.rows?.name, pick: undefined }),
        replace: true,
      });
    },
    [navigate],
  );
  return [view, change];
}

/** The chosen partitions; those of the address at first, and written there as they change. */
export function useChosenInAddress(partitioning: Partitioning, view: View): [Block, (chosen: Block) => void] {
  const { pick } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/$" });
  const [chosen, setChosen] = useState<Block>(nothingChosen);
  const written = useRef<string | undefined>(undefined);
  const { keys } = partitioning;
  useEffect(() => {
    const text = JSON.stringify(pick ?? []);
    if (written.current === text) return;
    written.current = text;
    let isCurrent = true;
    void readBlock(partitioning, view, pick ?? []).then((block) => isCurrent && setChosen(block));
    return () => {
      isCurrent = false;
    };
  }, [partitioning, view, pick]);
  const choose = useCallback(
    (block: Block) => {
      setChosen(block);
      const texts = async () => {
        if (block.columns.length + block.rows.length > mostInAddress) return undefined;
        const write = async (axis: View["columns"] | undefined, stretches: Block["rows"]) => {
          if (!axis || stretches.length === 0) return "";
          await keys.keysAt(
            axis.name,
            stretches.flatMap(([start, end]) => [start, end - 1]),
          );
          return writeRanges(stretches, (place) => keys.keyOf(axis.name, place), axis.numPartitions);
        };
        const both = [await write(view.columns, block.columns), await write(view.rows, block.rows)];
        return both[0] === "" ? undefined : both.filter((each) => each !== "");
      };
      void texts().then((next) => {
        written.current = JSON.stringify(next ?? []);
        void navigate({ search: (old) => ({ ...old, pick: next }), replace: true });
      });
    },
    [keys, view, navigate],
  );
  return [chosen, choose];
}

/** What the texts of an address choose: of the dimension across, then of that down. */
export async function readBlock(
  { keys }: Partitioning,
  view: View,
  [across, down]: readonly string[],
): Promise<Block> {
  if (across === undefined) return nothingChosen;
  const columns = await stretchesOf(keys, view.columns, across);
  if (!view.rows) return { columns: columns.stretches, rows: [[0, 1]] };
  const rows = await stretchesOf(keys, view.rows, down ?? "*");
  return { columns: columns.stretches, rows: rows.stretches };
}
