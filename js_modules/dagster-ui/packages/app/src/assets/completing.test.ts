import { parseSelection } from "@dagster-ui/lineage";
import { expect, it } from "vitest";
import { completionsOf } from "./completing";
import { testAsset } from "./testing";

const assets = [
  testAsset("sales/orders", { group: "sales", kinds: ["csv"], owners: ["team:analytics"] }),
  testAsset("costs", { group: "all sums", kinds: ["csv", "pandas"] }),
];

function offered(text: string): [string, string][] {
  return completionsOf(text, assets).map((each) => [each.label, each.text]);
}

it("offers filters by their beginning, where one may stand", () => {
  expect(offered("gr")).toEqual([["group:", "group:"]]);
  expect(offered("+k")).toEqual([
    ["key:", "+key:"],
    ["kind:", "+kind:"],
  ]);
  expect(offered("group:sales and (ow")).toEqual([["owner:", "group:sales and (owner:"]]);
  expect(offered("")).toEqual([]);
  expect(offered("group:sales ")).toEqual([]);
});

it("offers the values that there are, quoted where the grammar asks for it", () => {
  expect(offered("kind:")).toEqual([
    ["csv", "kind:csv"],
    ["pandas", "kind:pandas"],
  ]);
  expect(offered("not owner:ana")).toEqual([["team:analytics", 'not owner:"team:analytics"']]);
  expect(offered('group:"all')).toEqual([["all sums", 'group:"all sums"']]);
  expect(offered("kind:csv")).toEqual([]);
  expect(offered("kind:none")).toEqual([]);
});

it("offers what can be parsed", () => {
  for (const start of ["key:", "owner:", "group:", "1+key:", "(status:"])
    for (const { text } of completionsOf(start, assets))
      expect(() => parseSelection(start.startsWith("(") ? `${text})` : text)).not.toThrow();
});
