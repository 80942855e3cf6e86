import fc from "fast-check";
import { expect, it } from "vitest";
import { keysIn, readRanges, resolveRanges, writeRanges } from "./texts";

const days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"];
const placeOf = (key: string) => {
  const place = days.indexOf(key);
  return place < 0 ? undefined : place;
};

it("reads keys and ranges with commas between", () => {
  const ranges = readRanges("2024-01-01...2024-01-02, 2024-01-04");
  expect(keysIn(ranges)).toEqual(["2024-01-01", "2024-01-02", "2024-01-04"]);
  expect(resolveRanges(ranges, placeOf, 5)).toEqual({
    stretches: [
      [0, 2],
      [3, 4],
    ],
    unknown: [],
  });
});

it("takes a missing end for that of all keys, and a star for all", () => {
  const resolved = (text: string) => resolveRanges(readRanges(text), placeOf, 5).stretches;
  expect(resolved("2024-01-04...")).toEqual([[3, 5]]);
  expect(resolved("...2024-01-02")).toEqual([[0, 2]]);
  expect(resolved("*")).toEqual([[0, 5]]);
  expect(resolved("  , ")).toEqual([]);
});

it("names each key that does not exist once", () => {
  expect(resolveRanges(readRanges("a, a...b, 2024-01-01"), placeOf, 5).unknown).toEqual(["a", "a", "b"]);
  expect(resolveRanges(readRanges("nonsense"), placeOf, 5).unknown).toEqual(["nonsense"]);
});

it("reads what it wrote, whatever the keys are", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 6 }), (keys) => {
      const written = writeRanges(
        [
          [0, 1],
          [1, 3],
        ],
        (place) => keys[place],
        keys.length,
      );
      const place = (key: string) => (keys.includes(key) ? keys.indexOf(key) : undefined);
      expect(resolveRanges(readRanges(written), place, keys.length)).toEqual({
        stretches: [
          [0, 1],
          [1, 3],
        ],
        unknown: [],
      });
    }),
  );
});
