import type { AssetPartitionsQuery } from "@dagster-ui/client/schema";
import type { Rectangle, Stretch } from "@dagster-ui/kit";

type Node = Extract<AssetPartitionsQuery["assetNodeOrError"], { __typename: "AssetNode" }>;
export type BackfillPolicy = Node["backfillPolicy"];

/** The most runs that are launched at once by hand. */
export const mostRuns = 100;

/** A run that makes one partition or a range of them: from the one at the first corner to the one at the last. */
export interface PlannedRun {
  readonly first: { readonly row: number; readonly column: number };
  readonly last: { readonly row: number; readonly column: number };
}

/** The runs that make the partitions, or why they are not launched, in a sentence. */
export type Plan =
  | { readonly runs: readonly PlannedRun[]; readonly refusal?: undefined }
  | { readonly refusal: string };

/**
 * How chosen partitions are made: a run for each range where the policy says so, else a run for each partition, or for as many as
 * the policy allows.
 */
export function planRuns(chosen: readonly Rectangle[], policy: BackfillPolicy): Plan {
  const partitions = chosen.reduce((sum, each) => sum + size(each.rows) * size(each.columns), 0);
  if (partitions === 0) return { refusal: "No partition is chosen." };
  const most =
    policy?.policyType === "SINGLE_RUN" ? Number.POSITIVE_INFINITY : (policy?.maxPartitionsPerRun ?? 1);
  const count = chosen.reduce((sum, each) => sum + runsOf(each, most), 0);
  if (count > mostRuns) return { refusal: refusalOf(partitions, count, most) };
  return {
    runs: chosen.flatMap((each) => (most === Number.POSITIVE_INFINITY ? [whole(each)] : pieces(each, most))),
  };
}

function refusalOf(partitions: number, runs: number, most: number): string {
  const what = `These ${partitions.toLocaleString("en")} partitions would take ${runs.toLocaleString("en")} runs`;
  const advice =
    most === 1
      ? "Choose fewer, or give the asset a backfill policy that makes several in one run."
      : "Choose fewer, or fewer ranges.";
  return `${what}, and at most ${mostRuns} are launched at once. ${advice}`;
}

function runsOf(rectangle: Rectangle, most: number): number {
  if (most === Number.POSITIVE_INFINITY) return 1;
  return size(rectangle.rows) * Math.ceil(size(rectangle.columns) / most);
}

function whole({ rows, columns }: Rectangle): PlannedRun {
  return { first: { row: rows[0], column: columns[0] }, last: { row: rows[1] - 1, column: columns[1] - 1 } };
}

function pieces({ rows, columns }: Rectangle, most: number): PlannedRun[] {
  const runs: PlannedRun[] = [];
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column += most)
      runs.push({ first: { row, column }, last: { row, column: Math.min(columns[1], column + most) - 1 } });
  return runs;
}

/** The tags by which a run knows what it makes. */
export function tagsOf(first: string, last: string): { key: string; value: string }[] {
  if (first === last) return [{ key: "dagster/partition", value: first }];
  return [
    { key: "dagster/asset_partition_range_start", value: first },
    { key: "dagster/asset_partition_range_end", value: last },
  ];
}

function size([start, end]: Stretch): number {
  return end - start;
}
