import { type CellAxis, cellAxis } from "./cells";
import type { Stretch } from "./stretches";

/**
 * Where cells lie on the canvas, in CSS pixels. Partitions of one dimension are wrapped: the cells of one axis stand in lines of
 * `perLine`. Those of two dimensions are a matrix: each line is a row.
 */
export interface HeatMapLayout {
  readonly rows: CellAxis;
  readonly columns: CellAxis;
  readonly isMatrix: boolean;
  /** How many cells stand side by side. */
  readonly perLine: number;
  readonly lines: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** From one cell to the next, with the gap between them. */
  readonly gap: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface HeatMapShape {
  /** The width that there is. */
  readonly width: number;
  /** How high it may become. */
  readonly maxHeight: number;
  /** The columns to show, and the rows where there are two dimensions. */
  readonly columns: Stretch;
  readonly rows: Stretch | undefined;
  /** How many columns lie in a line as people are used to see them. */
  readonly cycle: number | undefined;
  /** For the names of rows. */
  readonly labelWidth: number;
  /** Whether each column of one dimension stands in a line of its own, with its name before it. */
  readonly isNamed?: boolean;
}

/** From one cell to the next; the largest at which all cells fit. */
const pitches = [24, 19, 15];
const gap = 2;
const matrixTop = 20;
const narrowest = 5;
const widest = 34;
const rowHeights = [26, 20, 15, 11, 7];

/** Lays out all cells of the window; each holds as few partitions as fit. */
export function layOutHeatMap(shape: HeatMapShape): HeatMapLayout {
  return shape.rows === undefined ? wrapped(shape) : matrix(shape, shape.rows);
}

function wrapped({ width, maxHeight, columns, cycle, labelWidth, isNamed }: HeatMapShape): HeatMapLayout {
  const count = columns[1] - columns[0];
  const lineOf = (fits: number) => (isNamed ? 1 : lineLength(fits, cycle));
  const fitting = pitches.find((each) => {
    const line = lineOf(Math.max(1, Math.floor((width - labelWidth) / each)));
    return Math.ceil(count / line) * each <= maxHeight;
  });
  const pitch = fitting ?? pitches.at(-1) ?? 15;
  const fits = Math.max(1, Math.floor((width - labelWidth) / pitch));
  // Whole cycles leave room at the end of a line; cells that hold several need not be in cycles and fill it.
  const bucket = fitting ? 1 : bucketFor(count, fits * Math.max(1, Math.floor(maxHeight / pitch)), cycle);
  const perLine = bucket === 1 ? lineOf(fits) : fits;
  const axis = cellAxis(columns, bucket);
  const lines = Math.ceil(axis.count / perLine);
  return {
    rows: cellAxis([0, 1], 1),
    columns: axis,
    isMatrix: false,
    perLine,
    lines,
    cellWidth: pitch - gap,
    cellHeight: pitch - gap,
    gap,
    left: labelWidth,
    top: 0,
    width,
    height: lines * pitch,
  };
}

/** The longest line that is whole cycles, or else a part of one that divides it. */
export function lineLength(fits: number, cycle: number | undefined): number {
  if (cycle === undefined) return fits;
  if (fits >= cycle) return fits - (fits % cycle);
  let length = Math.min(fits, cycle);
  while (cycle % length !== 0) length -= 1;
  return length;
}

/** The fewest partitions that one cell must hold so that all have a place: a part of a cycle, or whole ones in round numbers. */
export function bucketFor(count: number, cells: number, cycle = 1): number {
  const fits = (bucket: number) => Math.ceil(count / bucket) <= cells;
  for (let part = 1; part < cycle; part++) if (cycle % part === 0 && fits(part)) return part;
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (fits(step * power * cycle)) return step * power * cycle;
  }
}

function matrix(
  { width, maxHeight, columns, cycle, labelWidth }: HeatMapShape,
  rows: Stretch,
): HeatMapLayout {
  const room = Math.max(40, width - labelWidth);
  const across = cellAxis(columns, bucketFor(columns[1] - columns[0], Math.floor(room / narrowest), cycle));
  const cellWidth = Math.min(widest, Math.max(narrowest, Math.floor(room / across.count)));
  const count = rows[1] - rows[0];
  const high = rowHeights.find((each) => count * each <= maxHeight) ?? rowHeights.at(-1) ?? 7;
  const down = cellAxis(rows, bucketFor(count, Math.floor(maxHeight / high)));
  const between = cellWidth > 8 ? gap : 1;
  return {
    rows: down,
    columns: across,
    isMatrix: true,
    perLine: across.count,
    lines: down.count,
    cellWidth: cellWidth - between,
    cellHeight: high - between,
    gap: between,
    left: labelWidth,
    top: matrixTop,
    width,
    height: matrixTop + down.count * high,
  };
}

/** The cell as its row and column among the cells. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where the upper left corner of a cell lies. */
export function cornerOf(layout: HeatMapLayout, { row, column }: Cell): { x: number; y: number } {
  const line = layout.isMatrix ? row : Math.floor(column / layout.perLine);
  const place = layout.isMatrix ? column : column % layout.perLine;
  return {
    x: layout.left + place * (layout.cellWidth + layout.gap),
    y: layout.top + line * (layout.cellHeight + layout.gap),
  };
}

/** The cell under a point, undefined where none is; with `isNear` the nearest one. */
export function cellAt(layout: HeatMapLayout, x: number, y: number, isNear = false): Cell | undefined {
  let place = Math.floor((x - layout.left) / (layout.cellWidth + layout.gap));
  let line = Math.floor((y - layout.top) / (layout.cellHeight + layout.gap));
  if (isNear) {
    place = Math.max(0, Math.min(layout.perLine - 1, place));
    line = Math.max(0, Math.min(layout.lines - 1, line));
  }
  if (place < 0 || line < 0 || place >= layout.perLine || line >= layout.lines) return undefined;
  if (layout.isMatrix) return { row: line, column: place };
  const column = line * layout.perLine + place;
  if (column < layout.columns.count) return { row: 0, column };
  return isNear ? { row: 0, column: layout.columns.count - 1 } : undefined;
}

/** The cell that a key of the keyboard leads to, undefined for a key that leads nowhere. */
export function cellByKey(layout: HeatMapLayout, { row, column }: Cell, key: string): Cell | undefined {
  const across = (by: number): Cell => ({ row, column: clamp(column + by, layout.columns.count) });
  const down = (by: number): Cell =>
    layout.isMatrix ? { row: clamp(row + by, layout.rows.count), column } : across(by * layout.perLine);
  switch (key) {
    case "ArrowRight":
      return across(1);
    case "ArrowLeft":
      return across(-1);
    case "ArrowDown":
      return down(1);
    case "ArrowUp":
      return down(-1);
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: layout.columns.count - 1 };
    case "PageDown":
      return down(10);
    case "PageUp":
      return down(-10);
    default:
      return undefined;
  }
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
