import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { pageKeys } from "./catalogue";

const source = path.resolve(import.meta.dirname, "..");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".tsx") && !name.includes(".test.") && !/^(shell|commands)\b/.test(name),
);

it("lists every key that a page binds", () => {
  const listed = new Set(pageKeys.flatMap(({ keys }) => keys.map(([each]) => each)));
  const bound = files.flatMap((name) =>
    [...readFileSync(path.join(source, name), "utf8").matchAll(/\bkeys: "([^"]+)"/g)].map(([, keys]) => keys),
  );
  expect(bound.length).toBeGreaterThan(20);
  expect(bound.filter((keys) => !listed.has(keys ?? ""))).toEqual([]);
});

it("means one thing by a key in one place", () => {
  for (const { place, keys } of pageKeys)
    expect([place, new Set(keys.map(([each]) => each)).size]).toEqual([place, keys.length]);
});
