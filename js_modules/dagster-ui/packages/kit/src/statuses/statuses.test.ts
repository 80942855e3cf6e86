import { expect, it } from "vitest";
import { countStatuses, statusesByRank, statusFacts, worstStatus } from "./statuses";

it("lets the worst status stand for a group", () => {
  expect(worstStatus(["ok", "stale", "failed", "running"])).toBe("failed");
  expect(worstStatus(["ok", "missing"])).toBe("missing");
  expect(worstStatus([])).toBe("unknown");
});

it("counts worst first and leaves out what does not occur", () => {
  expect(countStatuses(["ok", "failed", "ok"])).toEqual([
    ["failed", 1],
    ["ok", 2],
  ]);
});

it("gives each status a shape or a colour that no other has", () => {
  const looks = Object.values(statusFacts).map((facts) => facts.shape);
  expect(new Set(looks).size).toBe(looks.length);
});

it("lists every status by its rank", () => {
  expect([...statusesByRank].sort()).toEqual(Object.keys(statusFacts).sort());
  const ranks = statusesByRank.map((status) => statusFacts[status].rank);
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
});
