import { expect, it } from "vitest";
import {
  bucketFor,
  cellAt,
  cellByKey,
  cornerOf,
  type HeatMapShape,
  layOutHeatMap,
  lineLength,
} from "./layouts";
import { zoomed } from "./windows";

const shape: HeatMapShape = {
  width: 700,
  maxHeight: 400,
  columns: [0, 240],
  rows: undefined,
  cycle: 24,
  labelWidth: 100,
};

it("wraps one dimension into lines of whole cycles", () => {
  const layout = layOutHeatMap(shape);
  expect(layout.columns.bucket).toBe(1);
  expect([layout.perLine, layout.lines]).toEqual([24, 10]);
  expect(lineLength(100, 7)).toBe(98);
  expect(lineLength(20, 24)).toBe(12);
  expect(lineLength(20, undefined)).toBe(20);
});

it("gives each its own line where all are named", () => {
  const layout = layOutHeatMap({ ...shape, columns: [0, 5], cycle: undefined, isNamed: true });
  expect([layout.perLine, layout.lines]).toEqual([1, 5]);
});

it("lets a cell hold several when all do not fit", () => {
  const layout = layOutHeatMap({ ...shape, columns: [0, 1_000_000] });
  expect(layout.height).toBeLessThanOrEqual(400);
  expect(layout.columns.bucket % 24).toBe(0);
  expect(layout.columns.count * layout.columns.bucket).toBeGreaterThanOrEqual(1_000_000);
  expect([bucketFor(10, 10), bucketFor(11, 10), bucketFor(600, 400, 24), bucketFor(600, 20, 24)]).toEqual([
    1, 2, 2, 48,
  ]);
});

it("draws two dimensions as a matrix within its height", () => {
  const layout = layOutHeatMap({ ...shape, columns: [0, 30], rows: [0, 5], cycle: 7 });
  expect([layout.perLine, layout.lines, layout.isMatrix]).toEqual([30, 5, true]);
  const many = layOutHeatMap({ ...shape, columns: [0, 3000], rows: [0, 5000], cycle: undefined });
  expect(many.height).toBeLessThanOrEqual(420);
  expect(many.left + many.perLine * (many.cellWidth + many.gap)).toBeLessThanOrEqual(700);
});

it("finds the cell whose corner it gives", () => {
  for (const layout of [layOutHeatMap(shape), layOutHeatMap({ ...shape, columns: [0, 30], rows: [0, 5] })]) {
    for (const cell of [
      { row: 0, column: 0 },
      { row: layout.rows.count - 1, column: layout.columns.count - 1 },
    ]) {
      const { x, y } = cornerOf(layout, cell);
      expect(cellAt(layout, x + 1, y + 1)).toEqual(cell);
    }
    expect(cellAt(layout, 2, 2)).toBeUndefined();
    expect(cellAt(layout, 10_000, 10_000, true)).toEqual({
      row: layout.rows.count - 1,
      column: layout.columns.count - 1,
    });
  }
});

it("walks by the arrows: down a line, and down a row", () => {
  const lines = layOutHeatMap(shape);
  expect(cellByKey(lines, { row: 0, column: 3 }, "ArrowDown")).toEqual({ row: 0, column: 27 });
  expect(cellByKey(lines, { row: 0, column: 3 }, "End")).toEqual({ row: 0, column: 239 });
  const matrix = layOutHeatMap({ ...shape, columns: [0, 30], rows: [0, 5] });
  expect(cellByKey(matrix, { row: 4, column: 3 }, "ArrowDown")).toEqual({ row: 4, column: 3 });
  expect(cellByKey(matrix, { row: 1, column: 3 }, "ArrowUp")).toEqual({ row: 0, column: 3 });
  expect(cellByKey(matrix, { row: 1, column: 3 }, "a")).toBeUndefined();
});

it("zooms around a place, never beyond the ends", () => {
  expect(zoomed([0, 1000], 0.5, 500, 1000)).toEqual([250, 750]);
  expect(zoomed([900, 1000], 4, 1000, 1000)).toEqual([600, 1000]);
  expect(zoomed([0, 1000], 0.001, 0, 1000)).toEqual([0, 24]);
  expect(zoomed([0, 10], 5, 3, 10)).toEqual([0, 10]);
});
