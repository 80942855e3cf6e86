import { expect, it } from "vitest";
import { errorLine, filterOf, isListed, originOf, partitionOf, repeatedBy, titleOf, workOf } from "./facts";
import { conditionsOf, offersFor, readCondition, typedTagKey } from "./filters";
import { readRunSearch, readRunsSearch } from "./search";

function ofAssets(names: string[], count = names.length) {
  return {
    jobName: "__ASSET_JOB",
    assetSelection: names.map((name) => ({ __typename: "AssetKey" as const, path: name.split("/") })),
    assetSelectionCount: count,
    repositoryOrigin: null,
  };
}

it("names a run after its job, or after the assets that it makes", () => {
  expect(
    titleOf({ jobName: "nightly", assetSelection: null, assetSelectionCount: 0, repositoryOrigin: null }),
  ).toBe("nightly");
  expect(titleOf(ofAssets(["a/b"]))).toBe("a/b");
  expect(titleOf(ofAssets(["a", "b", "c", "d"], 9))).toBe("a, b and 7 more");
  expect(titleOf(ofAssets([]))).toBe("All assets");
});

it("tells the same work from that of another partition or location", () => {
  const tag = (key: string, value: string) => ({ __typename: "PipelineTag" as const, key, value });
  const day = { tags: [tag("dagster/partition", "2019-03-01")] };
  expect(partitionOf(day)).toBe("2019-03-01");
  const [start, end] = ["dagster/asset_partition_range_start", "dagster/asset_partition_range_end"];
  expect(partitionOf({ tags: [tag(start, "a"), tag(end, "c")] })).toBe("a...c");
  expect(partitionOf({ tags: [] })).toBeUndefined();
  const whole = (location: string) => ({
    ...ofAssets([]),
    tags: [],
    repositoryOrigin: {
      __typename: "RepositoryOrigin" as const,
      repositoryName: "__repository__",
      repositoryLocationName: location,
    },
  });
  expect(workOf({ ...ofAssets(["a"]), ...day })).not.toBe(workOf({ ...ofAssets(["a"]), tags: [] }));
  expect(workOf(whole("shop"))).not.toBe(workOf(whole("bank")));
  expect(workOf(whole("shop"))).toBe(workOf(whole("shop")));
  expect(repeatedBy({ tags: [tag("dagster/parent_run_id", "1"), tag("team", "x")] })).toEqual(["1"]);
});

it("says the user's own exception and not what was raised around it", () => {
  const causes = [
    {
      __typename: "PythonError" as const,
      className: "KeyError",
      message: "KeyError: 'tips'\nmore",
      stack: ['  File "/home/ada/tips.py", line 3, in tips\n'],
    },
  ];
  const error = {
    __typename: "PythonError" as const,
    className: "DagsterExecutionStepExecutionError",
    message: "Error occurred",
    stack: [],
    causes,
  };
  expect(errorLine({ failure: { __typename: "RunFailure", stepKey: "tips", error } })).toBe(
    "KeyError: 'tips'",
  );
  expect(errorLine({ failure: null })).toBeUndefined();
});

it("asks the server for what the address says", () => {
  const search = readRunsSearch({
    status: ["running", "nonsense"],
    tag: ["team=a=b", "nothing"],
    asset: "a/b",
  });
  expect(search).toMatchObject({ status: ["running"], tag: ["team=a=b"], asset: "a/b" });
  expect(filterOf(search)).toEqual({
    statuses: ["STARTING", "STARTED", "CANCELING", "MANAGED"],
    pipelineName: undefined,
    tags: [{ key: "team", value: "a=b" }],
    assetKey: { path: ["a", "b"] },
  });
  expect(readRunsSearch({ status: "nonsense" }).status).toBeUndefined();
  expect(readRunSearch({ tab: "log", level: "loud" })).toEqual({});
});

it("drops a run from the list once its status is another", () => {
  expect(isListed({ status: "STARTED" }, { status: ["running"] })).toBe(true);
  expect(isListed({ status: "SUCCESS" }, { status: ["running"] })).toBe(false);
  expect(isListed({ status: "SUCCESS" }, {})).toBe(true);
});

it("says who asked for a run", () => {
  const tagged = (key: string, value: string) => ({
    tags: [{ __typename: "PipelineTag" as const, key, value }],
  });
  expect(originOf(tagged("dagster/schedule_name", "nightly"))).toBe("schedule nightly");
  expect(originOf(tagged("dagster/backfill", "abc"))).toBe("backfill");
  expect(originOf(tagged("team", "sales"))).toBe("by hand");
});

it("says which partitions a run makes", () => {
  const tagged = (tags: Record<string, string>) => ({
    tags: Object.entries(tags).map(([key, value]) => ({ __typename: "PipelineTag" as const, key, value })),
  });
  expect(partitionOf(tagged({ "dagster/partition": "2024-03-01" }))).toBe("2024-03-01");
  const range = {
    "dagster/asset_partition_range_start": "2024-03-01",
    "dagster/asset_partition_range_end": "2024-03-09",
  };
  expect(partitionOf(tagged(range))).toBe("2024-03-01...2024-03-09");
  expect(partitionOf(tagged({ team: "sales" }))).toBeUndefined();
});

it("reads conditions as they are typed and takes each away again", () => {
  expect(readCondition("job: nightly ", {})).toEqual({ job: "nightly" });
  expect(readCondition("tag:team=ops", { tag: ["a=b"] })).toEqual({ tag: ["a=b", "team=ops"] });
  expect(readCondition("status:failed", {})).toEqual({ status: ["failed"] });
  expect(readCondition("tag:team", {})).toBeUndefined();
  expect(readCondition("nightly", {})).toBeUndefined();
  expect(conditionsOf({ job: "x", tag: ["a=b", "c=d"] }).map((each) => [each.text, each.without])).toEqual([
    ["job:x", { job: undefined }],
    ["tag:a=b", { tag: ["c=d"] }],
    ["tag:c=d", { tag: ["a=b"] }],
  ]);
});

it("offers jobs and assets for plain words, and values once a tag is named", () => {
  const known = { jobs: ["nightly"], assets: ["night/owls"], tagKeys: ["team"], tagValues: ["ops", "sales"] };
  expect(offersFor("nigh", known)).toEqual(["job:nightly", "asset:night/owls"]);
  expect(offersFor("tag:", known)).toEqual(["tag:team="]);
  expect(typedTagKey("tag:team=s")).toBe("team");
  expect(offersFor("tag:team=sa", known)).toEqual(["tag:team=sales"]);
});
