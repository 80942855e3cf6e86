import { expect, it } from "vitest";
import { sparkPath } from "./Sparkline";

it("draws from the lowest to the highest value", () => {
  expect(sparkPath([0, 10], 102, 20)).toBe("M1.0 18.5L101.0 1.5");
});

it("draws equal values as a line in the middle", () => {
  expect(sparkPath([5, 5, 5], 102, 20)).toBe("M1.0 10.0L51.0 10.0L101.0 10.0");
});
