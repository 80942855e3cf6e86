import { type PartitionStatus, partitionStatuses, type Standing } from "./standing";
import type { Stretch } from "./stretches";

/** Places that are drawn as cells, each of which holds `bucket` of them, the last one the rest. */
export interface CellAxis {
  readonly window: Stretch;
  readonly bucket: number;
  readonly count: number;
}

export function cellAxis(window: Stretch, bucket: number): CellAxis {
  return { window, bucket, count: Math.max(0, Math.ceil((window[1] - window[0]) / bucket)) };
}

/** The places that a cell holds. */
export function placesOfCell(axis: CellAxis, cell: number): Stretch {
  const start = axis.window[0] + cell * axis.bucket;
  return [start, Math.min(axis.window[1], start + axis.bucket)];
}

/** The cell in which a place lies; the nearest one for a place outside. */
export function cellOfPlace(axis: CellAxis, place: number): number {
  const cell = Math.floor((place - axis.window[0]) / axis.bucket);
  return Math.max(0, Math.min(axis.count - 1, cell));
}

/** For each cell, row by row, how many of its partitions stand where. */
export type CellCounts = Readonly<Record<PartitionStatus, Float64Array>>;

/** Counts once for all cells. Cost: that of the rectangles and of the cells they touch. */
export function countCells(standing: Standing, rows: CellAxis, columns: CellAxis): CellCounts {
  const counts = {
    materialized: new Float64Array(rows.count * columns.count),
    failed: new Float64Array(rows.count * columns.count),
    materializing: new Float64Array(rows.count * columns.count),
  };
  for (const status of partitionStatuses) {
    const numbers = standing[status];
    for (let at = 0; at + 3 < numbers.length; at += 4) {
      const down = shares(rows, numbers[at] ?? 0, numbers[at + 1] ?? 0);
      const across = shares(columns, numbers[at + 2] ?? 0, numbers[at + 3] ?? 0);
      if (down && across) add(counts[status], columns.count, rows, down, columns, across);
    }
  }
  return counts;
}

/** The part of a stretch that lies in the window. */
function shares(axis: CellAxis, start: number, end: number): Stretch | undefined {
  const from = Math.max(start, axis.window[0]);
  const to = Math.min(end, axis.window[1]);
  return to > from ? [from, to] : undefined;
}

function add(
  counts: Float64Array,
  perRow: number,
  rows: CellAxis,
  down: Stretch,
  columns: CellAxis,
  across: Stretch,
): void {
  const lastRow = cellOfPlace(rows, down[1] - 1);
  const firstColumn = cellOfPlace(columns, across[0]);
  const lastColumn = cellOfPlace(columns, across[1] - 1);
  for (let row = cellOfPlace(rows, down[0]); row <= lastRow; row++) {
    const high = inCell(rows, row, down);
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * perRow + column;
      counts[index] = (counts[index] ?? 0) + high * inCell(columns, column, across);
    }
  }
}

function inCell(axis: CellAxis, cell: number, stretch: Stretch): number {
  const [start, end] = placesOfCell(axis, cell);
  return Math.min(end, stretch[1]) - Math.max(start, stretch[0]);
}
