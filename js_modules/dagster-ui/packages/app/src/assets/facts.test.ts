import type { AssetsLatestQuery } from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { type AssetFacts, assetStanding, assetState, causeText, partitionsText, plainText } from "./facts";

const facts: AssetFacts = {
  key: "shop/orders",
  path: ["shop", "orders"],
  group: "shop",
  description: "",
  kinds: [],
  owners: [],
  tags: [],
  upstream: [],
  jobs: [],
  repository: { name: "__repository__", location: "shop" },
  address: "shop",
  isMaterializable: true,
  isObservable: false,
  isPartitioned: false,
  hasChecks: false,
};

type Latest = AssetsLatestQuery["assetsLatestInfo"][number];

function latest(part: Partial<Latest>): Latest {
  return {
    __typename: "AssetLatestInfo",
    id: "1",
    assetKey: { __typename: "AssetKey", path: facts.path },
    latestMaterialization: null,
    unstartedRunIds: [],
    inProgressRunIds: [],
    latestRun: null,
    ...part,
  };
}

const made = { __typename: "MaterializationEvent", timestamp: "1700000000000", runId: "good" } as const;
const failure = { __typename: "Run", id: "bad", status: "FAILURE", endTime: 1 } as const;
it("writes the first paragraph of a description without its marks", () => {
  expect(plainText("What **all** [meters](https://example.com) of `grid`\n counted.\n\nMore.")).toBe(
    "What all meters of grid counted.",
  );
  expect(plainText("a_snake_case name")).toBe("a_snake_case name");
});

it("says that an asset was never made, unless nobody here can make it", () => {
  expect(assetState(facts, latest({})).status).toBe("missing");
  expect(assetState({ ...facts, isMaterializable: false }, latest({})).status).toBe("unknown");
});

it("shows what happens now before anything else", () => {
  const state = assetState(facts, latest({ inProgressRunIds: ["now"], latestRun: failure }));
  expect(state).toMatchObject({ status: "running", runId: "now" });
  expect(assetState(facts, latest({ unstartedRunIds: ["next"] }))).toMatchObject({
    status: "queued",
  });
});

it("shows a failure until a later run made the asset", () => {
  expect(assetState(facts, latest({ latestMaterialization: made, latestRun: failure }))).toMatchObject({
    status: "failed",
    runId: "bad",
    materializedAt: 1700000000000,
  });
  const own = { ...failure, id: "good" };
  expect(assetState(facts, latest({ latestMaterialization: made, latestRun: own })).status).toBe("ok");
});

const standing = assetStanding({
  __typename: "AssetNode",
  id: "1",
  assetKey: { __typename: "AssetKey", path: facts.path },
  staleStatus: "STALE",
  staleCauses: [
    {
      __typename: "StaleCause",
      key: { __typename: "AssetKey", path: ["raw"] },
      partitionKey: null,
      category: "DATA",
      reason: "has a new data version",
      dependency: null,
      dependencyPartitionKey: null,
    },
  ],
  partitionStats: null,
  assetChecksOrError: { __typename: "AssetChecks", checks: [] },
});

it("says of what was made that it is stale, and why", () => {
  const state = assetState(facts, latest({ latestMaterialization: made }), standing);
  expect(state.status).toBe("stale");
  expect(state.causes.map((cause) => causeText(cause, facts.key))).toEqual(["raw has a new data version"]);
  expect(assetState(facts, latest({}), standing).status).toBe("missing");
});

it("counts a failed partition until it is made, whatever the last run made", () => {
  const partitions = { all: 10, materialized: 4, failed: 1, materializing: 0 };
  const state = assetState(facts, latest({ latestMaterialization: made }), { ...standing, partitions });
  expect(state.status).toBe("failed");
  expect(partitionsText(state)).toBe("4 of 10, 1 failed");
  const mended = { ...standing, isStale: false, partitions: { ...partitions, failed: 0 } };
  expect(assetState(facts, latest({ latestMaterialization: made, latestRun: failure }), mended).status).toBe(
    "ok",
  );
});
