import { darkTokens } from "@dagster-ui/kit";
import { expect, it } from "vitest";
import { testAsset, testAssets } from "../testing";
import { makeFaces, makeModel, nextFailed, openGroups, toggledGroups } from "./model";

const facts = [
  testAsset("raw/a", { group: "raw" }),
  testAsset("b", { group: "clean", upstream: ["raw/a", "elsewhere"] }),
  testAsset("c", { group: "clean", upstream: ["b"] }),
  testAsset("d", { group: "raw", address: "other" }),
];
const model = makeModel(facts);

it("keeps groups of the same name in different locations apart", () => {
  expect(model.groups.map((group) => group.id)).toEqual(["clean@shop", "raw@other", "raw@shop"]);
});

it("draws edges between what is shown", () => {
  const edges = Array.from(model.from, (from, edge) => [
    model.nodes[from]?.key,
    model.nodes[model.to[edge] ?? 0]?.key,
  ]);
  expect(edges).toEqual([
    ["raw/a", "b"],
    ["b", "c"],
  ]);
});

it("opens few assets at first, and afterwards what the address says", () => {
  expect([...openGroups(model, undefined)]).toEqual([1, 1, 1]);
  expect([...openGroups(model, ["none"])]).toEqual([0, 0, 0]);
  expect([...openGroups(model, ["raw@shop"])]).toEqual([0, 0, 1]);
  const many = makeModel(Array.from({ length: 100 }, (_, index) => testAsset(`x${index}`)));
  expect([...openGroups(many, undefined)]).toEqual([0]);
});

it("writes the opened groups so that they are read back", () => {
  for (const start of [["none"], ["all"], ["raw@shop"]]) {
    const before = openGroups(model, start);
    const after = openGroups(model, toggledGroups(model, before, 0));
    expect([...after]).toEqual([before[0] ? 0 : 1, before[1], before[2]]);
  }
});

it("says of a closed group what is worst in it", () => {
  const assets = testAssets(facts, { b: { status: "failed" }, c: { status: "ok" } });
  const face = makeFaces(model, assets, darkTokens, 0).group(0);
  expect(face).toMatchObject({
    title: "clean",
    subtitle: "2 assets",
    word: "1 failed",
    colour: darkTokens.failed,
  });
  expect(face.shares.map((share) => share.count)).toEqual([1, 1]);
});

it("goes from failure to failure, and round again", () => {
  const assets = testAssets(facts, { b: { status: "failed" }, "raw/a": { status: "failed" } });
  const [first, second] = [model.indexOf.get("b"), model.indexOf.get("raw/a")];
  expect(nextFailed(model, assets, undefined)).toBe(first);
  expect(nextFailed(model, assets, first)).toBe(second);
  expect(nextFailed(model, assets, second)).toBe(first);
  expect(nextFailed(model, testAssets(facts), first)).toBeUndefined();
});
