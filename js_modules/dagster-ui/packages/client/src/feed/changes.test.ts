import { expect, it } from "vitest";
import { type Changes, mergeChanges } from "./changes";

const none: Changes = {
  __typename: "WorkspaceChanges",
  sequence: "0",
  isReset: false,
  assets: [],
  runs: [],
  runIds: [],
  instigators: [],
  assetNodes: [],
  downstreamAssetNodes: [],
  locations: [],
};

function run(id: string, status: "STARTED" | "SUCCESS"): Changes["runs"][number] {
  return { __typename: "Run", id, status, jobName: "job", creationTime: 1, startTime: null, endTime: null };
}

it("keeps the later word about each run, and the later sequence", () => {
  const merged = mergeChanges(
    { ...none, sequence: "1", runs: [run("a", "STARTED"), run("b", "STARTED")], runIds: ["x"] },
    { ...none, sequence: "2", runs: [run("a", "SUCCESS")], runIds: ["x", "y"] },
  );
  expect(merged.sequence).toBe("2");
  expect(merged.runs.map((each) => [each.id, each.status])).toEqual([
    ["a", "SUCCESS"],
    ["b", "STARTED"],
  ]);
  expect(merged.runIds).toEqual(["x", "y"]);
});

it("keeps the later word about each schedule and sensor", () => {
  const standing = (id: string, status: "RUNNING" | "STOPPED"): Changes["instigators"][number] => ({
    __typename: "InstigationState",
    id,
    status,
    nextTick: null,
    ticks: [],
  });
  const merged = mergeChanges(
    { ...none, instigators: [standing("a", "STOPPED"), standing("b", "RUNNING")] },
    { ...none, instigators: [standing("a", "RUNNING")] },
  );
  expect(merged.instigators.map((each) => [each.id, each.status])).toEqual([
    ["a", "RUNNING"],
    ["b", "RUNNING"],
  ]);
});

it("never forgets that everything has to be read again", () => {
  expect(mergeChanges({ ...none, isReset: true }, none).isReset).toBe(true);
  expect(mergeChanges(none, none).isReset).toBe(false);
});
