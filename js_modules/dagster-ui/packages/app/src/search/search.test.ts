import fc from "fast-check";
import { expect, it } from "vitest";
import { flag, number, oneOf, sortOf, sortText, text, texts } from "./search";

it("reads what it knows and drops the rest", () => {
  expect(oneOf("graph", ["list", "graph"])).toBe("graph");
  expect(oneOf("grap", ["list", "graph"])).toBeUndefined();
  expect(text("")).toBeUndefined();
  expect(text(7)).toBe("7");
  expect(texts("a")).toEqual(["a"]);
  expect(texts([])).toBeUndefined();
  expect(flag("true")).toBe(true);
  expect(flag("no")).toBeUndefined();
});

it("never throws, whatever an address carries", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      text(value);
      texts(value);
      number(value);
      flag(value);
      oneOf(value, ["a"]);
    }),
  );
});

it("writes a sort as it reads it", () => {
  for (const sort of ["name", "-name"]) expect(sortText(sortOf(sort))).toBe(sort);
});
