import { statusFacts } from "@dagster-ui/kit";
import { expect, it } from "vitest";
import { queryOf, selectAssets, sortAssets } from "./selecting";
import { testAsset, testAssets } from "./testing";

const assets = testAssets(
  [
    testAsset("a", { kinds: ["python"], owners: ["ana@example.org"] }),
    testAsset("b", { upstream: ["a"], tags: [{ key: "tier", value: "1" }] }),
    testAsset("c", { upstream: ["b"], group: "out" }),
  ],
  { a: { status: "ok", materializedAt: 5 }, b: { status: "failed" }, c: { status: "ok", materializedAt: 9 } },
);

const keys = (query: string) => selectAssets(assets, query).facts.map((each) => each.key);

it.each([
  ["kind:python", ["a"]],
  ["owner:ana@example.org", ["a"]],
  ['owner:"ana@example.org"', ["a"]],
  ["tag:tier=1", ["b"]],
  ["status:failed", ["b"]],
  ['kind:"<null>"', ["b", "c"]],
  ["group:out or +key:b", ["a", "b", "c"]],
  ["code_location:shop", ["a", "b", "c"]],
])("selects by %s", (query, expected) => {
  expect(keys(query)).toEqual(expected);
});

it("keeps everything in view while the query makes no sense, and says why", () => {
  const { facts, problem } = selectAssets(assets, "key:");
  expect(facts).toHaveLength(3);
  expect(problem?.message).toContain("a key or a filter is expected");
});

it("filters by status as well", () => {
  expect(selectAssets(assets, "", ["failed"]).facts.map((each) => each.key)).toEqual(["b"]);
});

it("writes a query that finds the same assets again", () => {
  expect(keys(queryOf(["a", "c"]))).toEqual(["a", "c"]);
});

it("sorts the worst status and the latest time first", () => {
  const sorted = (column: "status" | "time") =>
    sortAssets(assets.facts, assets, column, false, (status) => statusFacts[status].rank).map(
      (each) => each.key,
    );
  expect(sorted("status")).toEqual(["b", "a", "c"]);
  expect(sorted("time")).toEqual(["c", "a", "b"]);
});
