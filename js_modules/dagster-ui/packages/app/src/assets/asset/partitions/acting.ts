import { useAct } from "@dagster-ui/client";
import { type Block, countOfRectangles, type Rectangle } from "@dagster-ui/kit";
import { useCallback } from "react";
import { type KeyRange, telling } from "../../changing";
import type { AssetFacts } from "../../facts";
import { type LaunchParams, launchesOf, useStart } from "../../launching";
import { AddPartitionDocument } from "./partitions.gql";
import { type PlannedRun, tagsOf } from "./plans";
import { type Partitioning, partitionKey, type View } from "./use";

/** The most partitions that are named one by one in a request. */
export const mostNamed = 1000;

/** Each stretch of rows with each of columns. */
export function rectanglesOfBlock({ rows, columns }: Block): Rectangle[] {
  return rows.flatMap((row) => columns.map((column): Rectangle => ({ rows: row, columns: column })));
}

/** The keys at the first and the last corner of each rectangle. */
export function rangesOf(
  partitioning: Partitioning,
  view: View,
  rectangles: readonly Rectangle[],
): Promise<KeyRange[]> {
  return Promise.all(
    rectangles.map(async ({ rows, columns }) => ({
      start: await partitionKey(partitioning, view, { row: rows[0], column: columns[0] }),
      end: await partitionKey(partitioning, view, { row: rows[1] - 1, column: columns[1] - 1 }),
    })),
  );
}

/** The keys of all partitions; only for a few. */
export async function keysOf(
  partitioning: Partitioning,
  view: View,
  rectangles: readonly Rectangle[],
): Promise<string[]> {
  const places = rectangles.flatMap(({ rows, columns }) =>
    placesIn(rows).flatMap((row) => placesIn(columns).map((column) => ({ row, column }))),
  );
  return Promise.all(places.map((place) => partitionKey(partitioning, view, place)));
}

function placesIn([start, end]: readonly [number, number]): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** A function that starts planned runs of an asset. */
export function useMaterializePartitions(
  facts: AssetFacts,
): (
  partitioning: Partitioning,
  view: View,
  chosen: readonly Rectangle[],
  runs: readonly PlannedRun[],
) => Promise<boolean> {
  const start = useStart();
  return useCallback(
    async (partitioning, view, chosen, runs) => {
      const [plain] = launchesOf([facts]);
      if (!plain) return false;
      const launches = await Promise.all(
        runs.map(async ({ first, last }): Promise<LaunchParams> => {
          const keys = [
            await partitionKey(partitioning, view, first),
            await partitionKey(partitioning, view, last),
          ];
          return { ...plain, executionMetadata: { tags: tagsOf(keys[0] ?? "", keys[1] ?? "") } };
        }),
      );
      const count = countOfRectangles(chosen);
      const what = count === 1 ? "1 partition" : `${count.toLocaleString("en")} partitions`;
      const isEach = runs.length === count;
      const started = await start({
        launches,
        doing: `Materializing ${what} of ${facts.key}`,
        perRun: isEach ? "partition" : "range",
        assets: [facts],
      });
      return started.length > 0;
    },
    [facts, start],
  );
}

/** A function that adds a dynamic partition. */
export function useAddPartition(facts: AssetFacts): (name: string, key: string) => Promise<boolean> {
  const add = useAct(AddPartitionDocument);
  return useCallback(
    (partitionsDefName, key) =>
      telling(async () => {
        const { addDynamicPartition: result } = await add({
          partitionKey: key,
          partitionsDefName,
          repositorySelector: {
            repositoryName: facts.repository.name,
            repositoryLocationName: facts.repository.location,
          },
        });
        if (result.__typename !== "AddDynamicPartitionSuccess") throw new Error(result.message);
        return `${key} is a partition of ${partitionsDefName} now.`;
      }),
    [add, facts],
  );
}
