import { expect, it } from "vitest";
import type { Tick } from "./facts";
import { groupTicks } from "./ticks";

function tick(at: number, status: Tick["status"], skipReason?: string, runIds: string[] = []): Tick {
  return { id: String(at), status, word: "", at, tookMillis: 1, skipReason, runIds, problem: undefined };
}

it("puts together what says the same one after the other, and never ticks with runs", () => {
  const groups = groupTicks([
    tick(9, "skipped", "Nothing new."),
    tick(8, "skipped", "Nothing new."),
    tick(7, "ok", undefined, ["a"]),
    tick(6, "ok", undefined, ["b"]),
    tick(5, "skipped", "Nothing new."),
    tick(4, "skipped", "Too early."),
    tick(3, "skipped", "Too early."),
    tick(2, "skipped", "Too early."),
  ]);
  expect(groups.map((group) => [group.tick.at, group.count, group.since])).toEqual([
    [9, 2, 8],
    [7, 1, 7],
    [6, 1, 6],
    [5, 1, 5],
    [4, 3, 2],
  ]);
  expect(groupTicks([])).toEqual([]);
});
