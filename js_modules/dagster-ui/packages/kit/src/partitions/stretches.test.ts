import fc from "fast-check";
import { expect, it } from "vitest";
import { common, countOf, countWithin, joined, type Stretch, toggled, without } from "./stretches";

const places = fc
  .array(fc.tuple(fc.nat(30), fc.nat(8)), { maxLength: 8 })
  .map((pairs) => joined(pairs.map(([start, length]): Stretch => [start, start + length])));

function asSet(stretches: readonly Stretch[]): Set<number> {
  return new Set(
    stretches.flatMap(([start, end]) => Array.from({ length: end - start }, (_, index) => start + index)),
  );
}

function sorted(set: Set<number>): number[] {
  return [...set].sort((one, other) => one - other);
}

it("agrees with sets of places", () => {
  fc.assert(
    fc.property(places, places, (some, others) => {
      const [one, other] = [asSet(some), asSet(others)];
      expect(sorted(asSet(without(some, others)))).toEqual(
        sorted(new Set([...one].filter((each) => !other.has(each)))),
      );
      expect(sorted(asSet(common(some, others)))).toEqual(
        sorted(new Set([...one].filter((each) => other.has(each)))),
      );
      expect(sorted(asSet(joined([...some, ...others])))).toEqual(sorted(new Set([...one, ...other])));
      expect(countOf(some)).toBe(one.size);
    }),
  );
});

it("counts the places within a stretch", () => {
  fc.assert(
    fc.property(places, fc.nat(30), fc.nat(10), (some, start, length) => {
      const inside = [...asSet(some)].filter((each) => each >= start && each < start + length);
      expect(countWithin(some, start, start + length)).toBe(inside.length);
    }),
  );
});

it("joins what touches, and leaves out what is empty", () => {
  expect(
    joined([
      [5, 7],
      [1, 3],
      [3, 5],
      [9, 9],
    ]),
  ).toEqual([[1, 7]]);
});

it("takes a stretch away when all of it is there, else adds it", () => {
  expect(toggled([[0, 5]], [2, 3])).toEqual([
    [0, 2],
    [3, 5],
  ]);
  expect(toggled([[0, 2]], [1, 4])).toEqual([[0, 4]]);
});
