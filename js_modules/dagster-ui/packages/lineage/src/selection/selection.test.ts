import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeGraph } from "../graph";
import { evaluateSelection, type Matches } from "./evaluate";
import { SelectionError } from "./expressions";
import { parseSelection } from "./parse";

// a → b → c → d, and x apart
const graph = makeGraph([
  { key: "raw/a", group: "raw", upstream: [] },
  { key: "b", group: "clean", upstream: ["raw/a"] },
  { key: "c", group: "clean", upstream: ["b"] },
  { key: "d", group: "out", upstream: ["c"] },
  { key: "x", group: "out", upstream: ["unknown"] },
]);
const groups: Record<string, string> = { "raw/a": "raw", b: "clean", c: "clean", d: "out", x: "out" };
const matches: Matches = (node, name, value, second) => {
  const key = graph.keys[node] ?? "";
  if (name === "group") return groups[key] === value;
  if (name === "tag") return key === "x" && value === "tier" && (second === undefined || second === "1");
  return false;
};

function select(text: string): string[] {
  return evaluateSelection(parseSelection(text), graph, matches).map((node) => graph.keys[node] ?? "");
}

describe("selections", () => {
  it.each([
    ["", ["b", "c", "d", "raw/a", "x"]],
    ["*", ["b", "c", "d", "raw/a", "x"]],
    ["key:b", ["b"]],
    ['key:"raw/*"', ["raw/a"]],
    ["key:raw/*", ["raw/a"]],
    ["raw", ["raw/a"]],
    ["group:clean", ["b", "c"]],
    ["group:clean and not key:b", ["c"]],
    ["group:raw or group:out", ["d", "raw/a", "x"]],
    ["+key:c", ["b", "c", "raw/a"]],
    ["1+key:c", ["b", "c"]],
    ["key:b+1", ["b", "c"]],
    ["key:b+", ["b", "c", "d"]],
    ["1+key:b+1", ["b", "c", "raw/a"]],
    ["+c", ["b", "c", "raw/a"]],
    ["roots(group:clean)", ["b"]],
    ["sinks(*)", ["d", "x"]],
    ["tag:tier", ["x"]],
    ['tag:"tier"="1"', ["x"]],
    ["tag:tier=2", []],
    ["not (group:clean or group:out)", ["raw/a"]],
    ["NOT key:b AND group:clean", ["c"]],
  ])("%s", (text, keys) => {
    expect(select(text)).toEqual(keys);
  });

  it.each([
    ["key:", 4],
    ["(key:a", 0],
    ["colour:red", 0],
    ["a b", 2],
    ['key:"a', 4],
  ])("points into %s", (text, position) => {
    try {
      parseSelection(text);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SelectionError)) throw error;
      expect(error.position).toBe(position);
    }
  });

  it("never fails but with a place in the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          evaluateSelection(parseSelection(text), graph, matches);
        } catch (error) {
          expect(error).toBeInstanceOf(SelectionError);
        }
      }),
    );
  });
});
