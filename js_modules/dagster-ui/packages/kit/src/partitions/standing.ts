import { common, countWithin, joined, type Stretch, without } from "./stretches";

/**
 * Where partitions stand: for each status rectangles, four numbers each: a row, the row after the last, a column, the column after
 * the last. What is in none was never made. Partitions of one dimension are columns of the only row.
 */
export interface Standing {
  readonly materialized: readonly number[];
  readonly failed: readonly number[];
  readonly materializing: readonly number[];
}

export type PartitionStatus = keyof Standing;

export const partitionStatuses: readonly PartitionStatus[] = ["failed", "materializing", "materialized"];

/** Rows times columns. */
export interface Rectangle {
  readonly rows: Stretch;
  readonly columns: Stretch;
}

/** Every row of the one with every column of the other. */
export interface Block {
  readonly rows: readonly Stretch[];
  readonly columns: readonly Stretch[];
}

/** How many partitions stand where; `missing` were never made. */
export interface Tally {
  readonly materialized: number;
  readonly failed: number;
  readonly materializing: number;
  readonly missing: number;
  readonly all: number;
}

export function* rectanglesOf(numbers: readonly number[]): Generator<Rectangle> {
  for (let at = 0; at + 3 < numbers.length; at += 4)
    yield {
      rows: [numbers[at] ?? 0, numbers[at + 1] ?? 0],
      columns: [numbers[at + 2] ?? 0, numbers[at + 3] ?? 0],
    };
}

/** Counts the partitions of a block by where they stand. */
export function tallyOf(standing: Standing, { rows, columns }: Block): Tally {
  const count = (numbers: readonly number[]) => {
    let sum = 0;
    for (const each of rectanglesOf(numbers))
      sum += countWithin(rows, ...each.rows) * countWithin(columns, ...each.columns);
    return sum;
  };
  const all =
    rows.reduce((sum, each) => sum + size(each), 0) * columns.reduce((sum, each) => sum + size(each), 0);
  const materialized = count(standing.materialized);
  const failed = count(standing.failed);
  const materializing = count(standing.materializing);
  return { materialized, failed, materializing, missing: all - materialized - failed - materializing, all };
}

/** The partitions of a block that stand at one of these, or were never made, as rectangles; rows that are alike lie together. */
export function partOf(
  standing: Standing,
  block: Block,
  wanted: readonly (PartitionStatus | "missing")[],
): Rectangle[] {
  const asked = partitionStatuses.filter((each) => wanted.includes(each));
  const hasMissing = wanted.includes("missing");
  const result: Rectangle[] = [];
  // Between two edges of rectangles all rows are alike.
  for (const rows of rowsAlike(standing, block.rows)) {
    const of = (statuses: readonly PartitionStatus[]) => columnsOfRow(standing, rows[0], statuses);
    const found = common(block.columns, of(asked));
    const missing = hasMissing ? without(block.columns, of(partitionStatuses)) : [];
    for (const columns of joined([...found, ...missing])) result.push({ rows, columns });
  }
  return result;
}

function rowsAlike(standing: Standing, rows: readonly Stretch[]): Stretch[] {
  const edges = new Set<number>();
  for (const status of partitionStatuses)
    for (const each of rectanglesOf(standing[status])) for (const edge of each.rows) edges.add(edge);
  const sorted = [...edges].sort((one, other) => one - other);
  return rows.flatMap(([start, end]) => {
    const inside = sorted.filter((edge) => edge > start && edge < end);
    const starts = [start, ...inside];
    return starts.map((from, index): Stretch => [from, starts[index + 1] ?? end]);
  });
}

function columnsOfRow(standing: Standing, row: number, statuses: readonly PartitionStatus[]): Stretch[] {
  const found: Stretch[] = [];
  for (const status of statuses)
    for (const each of rectanglesOf(standing[status]))
      if (each.rows[0] <= row && row < each.rows[1]) found.push(each.columns);
  return joined(found);
}

function size([start, end]: Stretch): number {
  return end - start;
}

/** How many partitions there are in rectangles. */
export function countOfRectangles(rectangles: readonly Rectangle[]): number {
  return rectangles.reduce((sum, each) => sum + size(each.rows) * size(each.columns), 0);
}

/** The column after the last of which something is known; 0 when nothing is. */
export function lastKnown(standing: Standing): number {
  let last = 0;
  for (const status of partitionStatuses)
    for (const each of rectanglesOf(standing[status])) last = Math.max(last, each.columns[1]);
  return last;
}
