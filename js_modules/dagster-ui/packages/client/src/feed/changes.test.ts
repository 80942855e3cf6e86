import { expect, it } from "vitest";
import { type Changes, mergeChanges } from "./changes";

const none: Changes = {
  __typename: "WorkspaceChanges",
  sequence: "0",
  isReset: false,
  assets: [],
  runs: [],
  runIds: [],
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

it("never forgets that everything has to be read again", () => {
  expect(mergeChanges({ ...none, isReset: true }, none).isReset).toBe(true);
  expect(mergeChanges(none, none).isReset).toBe(false);
});
