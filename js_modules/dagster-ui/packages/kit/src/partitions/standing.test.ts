import fc from "fast-check";
import { expect, it } from "vitest";
import { cellAxis, countCells, placesOfCell } from "./cells";
import {
  countOfRectangles,
  lastKnown,
  type PartitionStatus,
  partitionStatuses,
  partOf,
  rectanglesOf,
  type Standing,
  tallyOf,
} from "./standing";
import { tallyText } from "./words";

const [height, width] = [6, 20];

/** A standing in which each cell has at most one status, and the status of each cell. */
const standings = fc
  .array(fc.constantFrom<PartitionStatus | "missing">(...partitionStatuses, "missing"), {
    minLength: height * width,
    maxLength: height * width,
  })
  .map((cells) => {
    const of = (status: PartitionStatus) =>
      cells.flatMap((each, index) => {
        const [row, column] = [Math.floor(index / width), index % width];
        return each === status ? [row, row + 1, column, column + 1] : [];
      });
    const standing: Standing = {
      materialized: of("materialized"),
      failed: of("failed"),
      materializing: of("materializing"),
    };
    return { cells, standing };
  });

it("counts the partitions of a block by where they stand", () => {
  fc.assert(
    fc.property(standings, fc.nat(height - 1), fc.nat(width - 1), ({ cells, standing }, row, column) => {
      const tally = tallyOf(standing, { rows: [[row, height]], columns: [[column, width]] });
      const inside = cells.filter((_, index) => Math.floor(index / width) >= row && index % width >= column);
      for (const status of [...partitionStatuses, "missing"] as const)
        expect(tally[status]).toBe(inside.filter((each) => each === status).length);
      expect(tally.all).toBe(inside.length);
    }),
  );
});

it("finds the part that is missing or failed, and nothing else", () => {
  fc.assert(
    fc.property(standings, ({ cells, standing }) => {
      const found = partOf(standing, { rows: [[0, height]], columns: [[0, width]] }, ["missing", "failed"]);
      const wanted = new Set(
        cells.flatMap((each, index) => (each === "missing" || each === "failed" ? [index] : [])),
      );
      expect(countOfRectangles(found)).toBe(wanted.size);
      for (const { rows, columns } of found)
        for (let row = rows[0]; row < rows[1]; row++)
          for (let column = columns[0]; column < columns[1]; column++)
            expect(wanted.has(row * width + column)).toBe(true);
    }),
  );
});

it("counts each partition in the one cell that holds it, however many it holds", () => {
  fc.assert(
    fc.property(
      standings,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
      ({ standing }, across, down) => {
        const columns = cellAxis([2, width], across);
        const rows = cellAxis([0, height], down);
        const counts = countCells(standing, rows, columns);
        for (let row = 0; row < rows.count; row++)
          for (let column = 0; column < columns.count; column++) {
            const block = { rows: [placesOfCell(rows, row)], columns: [placesOfCell(columns, column)] };
            const tally = tallyOf(standing, block);
            for (const status of partitionStatuses)
              expect(counts[status][row * columns.count + column]).toBe(tally[status]);
          }
      },
    ),
  );
});

it("costs what there are ranges and cells, not partitions", () => {
  const standing: Standing = { materialized: [0, 1, 0, 900_000_000], failed: [], materializing: [] };
  const columns = cellAxis([0, 1_000_000_000], 1_000_000);
  const counts = countCells(standing, cellAxis([0, 1], 1), columns);
  expect([counts.materialized[899], counts.materialized[900]]).toEqual([1_000_000, 0]);
});

it("knows the last column of which something is known", () => {
  const standing: Standing = { materialized: [0, 1, 3, 5], failed: [2, 3, 7, 8], materializing: [] };
  expect(lastKnown(standing)).toBe(8);
  expect([...rectanglesOf(standing.failed)]).toEqual([{ rows: [2, 3], columns: [7, 8] }]);
});

it("says counts in words, worst first", () => {
  const none = { materialized: 0, failed: 0, materializing: 0, missing: 0, all: 0 };
  expect(tallyText({ ...none, materialized: 1200, failed: 1, missing: 3, all: 1204 })).toBe(
    "1 failed, 1,200 materialized, 3 missing",
  );
  expect(tallyText({ ...none, materialized: 1, all: 1 })).toBe("materialized");
});
