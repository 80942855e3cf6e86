import { type Changes, keyText, useQuestion } from "@dagster-ui/client";
import type { AssetPartitionsQuery } from "@dagster-ui/client/schema";
import { type Block, countOf, type Standing, type Stretch } from "@dagster-ui/kit";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useFresh } from "../../../live/fresh";
import { useConnection } from "../../../shell/connection";
import { PartitionKeys } from "./keys";
import { AssetPartitionsDocument, PartitionGridDocument } from "./partitions.gql";
import type { BackfillPolicy } from "./plans";
import { keysIn, readRanges, resolveRanges, writeRanges } from "./texts";

type Node = Extract<AssetPartitionsQuery["assetNodeOrError"], { __typename: "AssetNode" }>;
export type PartitionAxis = Node["partitionAxes"][number];

/** How an asset is partitioned, and the keys that are known. */
export interface Partitioning {
  readonly path: readonly string[];
  readonly description: string;
  readonly axes: readonly PartitionAxis[];
  readonly policy: BackfillPolicy;
  readonly keys: PartitionKeys;
}

/** The dimensions that lie across and down, and the places of the others. */
export interface View {
  readonly columns: PartitionAxis;
  readonly rows: PartitionAxis | undefined;
  readonly fixed: readonly { readonly axis: PartitionAxis; readonly place: number }[];
}

/** How the asset is partitioned, undefined until it is known. */
export function usePartitioning(path: readonly string[]): {
  partitioning: Partitioning | undefined;
  problem: string | undefined;
  refresh: () => void;
} {
  const { ask } = useConnection();
  const assetKey = useMemo(() => ({ path: [...path] }), [path]);
  const { data, problem, refresh } = useQuestion(AssetPartitionsDocument, { assetKey });
  const node = data?.assetNodeOrError.__typename === "AssetNode" ? data.assetNodeOrError : undefined;
  const shape = node && JSON.stringify([path, node.partitionAxes]);
  // Places are those of the axes as they are now; other axes begin anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the axes
  const keys = useMemo(() => new PartitionKeys(ask, path), [ask, shape]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the axes
  const partitioning = useMemo(
    () =>
      node && {
        path,
        description: node.partitionDefinition?.description ?? "",
        axes: node.partitionAxes,
        policy: node.backfillPolicy,
        keys,
      },
    [shape, keys, node?.backfillPolicy],
  );
  useFresh(refresh, (changes) => changes.locations.length > 0);
  return { partitioning, problem, refresh };
}

/** The dimensions as they are shown at first: time across, the longest other one down. */
export function firstView(axes: readonly PartitionAxis[], columns?: string, rows?: string): View | undefined {
  const bySize = [...axes].sort(
    (one, other) =>
      Number(other.type === "TIME_WINDOW") - Number(one.type === "TIME_WINDOW") ||
      other.numPartitions - one.numPartitions,
  );
  const across = axes.find((axis) => axis.name === columns) ?? bySize[0];
  if (!across) return undefined;
  const down =
    axes.find((axis) => axis.name === rows && axis !== across) ?? bySize.find((axis) => axis !== across);
  const others = axes.filter((axis) => axis !== across && axis !== down);
  return { columns: across, rows: down, fixed: others.map((axis) => ({ axis, place: 0 })) };
}

const nothingStands: Standing = { materialized: [], failed: [], materializing: [] };

/** Where the partitions of the view stand, live; undefined until it is known. */
export function useStanding(partitioning: Partitioning, view: View): Standing | undefined {
  const { path, keys } = partitioning;
  const fixed = useFixedKeys(keys, view);
  const variables = useMemo(
    () => ({
      assetKey: { path: [...path] },
      columns: view.columns.name,
      rows: view.rows?.name ?? null,
      fixed: fixed ?? [],
    }),
    [path, view, fixed],
  );
  const { data, refresh } = useQuestion(PartitionGridDocument, variables, { isPaused: fixed === undefined });
  useFresh(refresh, (changes) => isAbout(changes, path.join("/")));
  const node = data?.assetNodeOrError.__typename === "AssetNode" ? data.assetNodeOrError : undefined;
  return node && (node.partitionGrid ?? nothingStands);
}

/** Whether where the asset, its partitions or its checks stand may have changed. */
export function isAbout(changes: Changes, key: string): boolean {
  const has = (each: { assetKey: { path: readonly string[] } }) => keyText(each.assetKey) === key;
  return (
    changes.locations.length > 0 ||
    changes.assets.some(has) ||
    changes.assetNodes.some(has) ||
    changes.downstreamAssetNodes.some(has)
  );
}

function useFixedKeys(keys: PartitionKeys, view: View) {
  const version = useSyncExternalStore(keys.subscribe, keys.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more keys are another version
  return useMemo(() => {
    const fixed = view.fixed.flatMap(({ axis, place }) => {
      const key = keys.keyOf(axis.name, place);
      return key === undefined ? [] : [{ dimension: axis.name, key }];
    });
    return fixed.length === view.fixed.length ? fixed : undefined;
  }, [keys, view, version]);
}

/** The key at a place of an axis, for what draws; another function whenever more is known. */
export function useKeyOf({ keys }: Partitioning, view: View) {
  const version = useSyncExternalStore(keys.subscribe, keys.version);
  return useCallback(
    (axis: "rows" | "columns", place: number) => {
      const named = axis === "rows" ? view.rows : view.columns;
      return named && version >= 0 ? keys.keyOf(named.name, place) : undefined;
    },
    [keys, view, version],
  );
}

export const nothingChosen: Block = { rows: [], columns: [] };

/** Up to so many ranges are written out; more are only counted. */
const mostWritten = 40;

/** Chosen stretches of one axis as text, undefined while it is not known or too long; the text changes the stretches. */
export function useChosenText(
  { keys }: Partitioning,
  axis: PartitionAxis | undefined,
  stretches: readonly Stretch[],
  onChoose: (stretches: Stretch[]) => void,
) {
  const [text, setText] = useState<string | undefined>("");
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (!axis || stretches.length > mostWritten) {
      setText(undefined);
      return;
    }
    const ends = stretches.flatMap(([start, end]) => [start, end - 1]);
    void keys.keysAt(axis.name, ends).then(() => {
      if (isCurrent)
        setText(writeRanges(stretches, (place) => keys.keyOf(axis.name, place), axis.numPartitions));
    });
    return () => {
      isCurrent = false;
    };
  }, [keys, axis, stretches]);
  const write = useCallback(
    async (written: string) => {
      if (!axis) return;
      const found = await stretchesOf(keys, axis, written);
      setUnknown(found.unknown);
      if (found.unknown.length === 0) onChoose(found.stretches);
    },
    [keys, axis, onChoose],
  );
  return { text, write, unknown };
}

/** The stretches that a text names. */
export async function stretchesOf(keys: PartitionKeys, axis: PartitionAxis, text: string) {
  const ranges = readRanges(text);
  const places = await keys.placesOf(axis.name, keysIn(ranges));
  return resolveRanges(ranges, (key) => places.get(key), axis.numPartitions);
}

/** The full key of a partition: the keys of its dimensions in the order of their names. */
export async function partitionKey(
  { axes, keys }: Partitioning,
  view: View,
  { row, column }: { row: number; column: number },
): Promise<string> {
  const places = new Map(view.fixed.map(({ axis, place }) => [axis.name, place]));
  places.set(view.columns.name, column);
  if (view.rows) places.set(view.rows.name, row);
  const parts = await Promise.all(axes.map((axis) => keys.keysAt(axis.name, [places.get(axis.name) ?? 0])));
  return parts.map(([key]) => key ?? "").join("|");
}

/** The one partition that is chosen, as its places; undefined for none and for several. */
export function onlyChosen({ rows, columns }: Block): { row: number; column: number } | undefined {
  const [row] = rows;
  const [column] = columns;
  return row && column && countOf(rows) === 1 && countOf(columns) === 1
    ? { row: row[0], column: column[0] }
    : undefined;
}
