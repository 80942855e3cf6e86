import { expect, it } from "vitest";
import { bestMatches, matchScore } from "./matching";

it("wants every word", () => {
  expect(matchScore("mat orders", "Materialize orders/daily")).toBeGreaterThan(0);
  expect(matchScore("mat invoices", "Materialize orders/daily")).toBeUndefined();
});

it("puts beginnings before middles and middles before scattered letters", () => {
  const texts = ["reorder", "o-r-d-e-r", "order"];
  expect(bestMatches(texts, "order", (text) => text, 5)).toEqual(["order", "reorder", "o-r-d-e-r"]);
});

it("keeps the order without a query, and the limit always", () => {
  expect(bestMatches(["b", "a", "c"], "", (text) => text, 2)).toEqual(["b", "a"]);
});
