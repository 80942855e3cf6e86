import type { AssetsLatestQuery } from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { type AssetFacts, type AssetState, assetState, unknownState, withStaleness } from "./facts";

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

it("marks what is older than a parent, and unmarks it when it is made again", () => {
  const child = { ...facts, key: "child", upstream: ["parent"] };
  const made = (materializedAt: number): AssetState => ({ ...unknownState, status: "ok", materializedAt });
  const states = new Map([
    ["parent", made(20)],
    ["child", made(10)],
  ]);
  const marked = withStaleness([child], states);
  expect(marked.get("child")).toMatchObject({ status: "stale", reasons: ["parent was made after it"] });
  const again = withStaleness([child], new Map([...marked, ["parent", made(5)]]));
  expect(again.get("child")).toMatchObject({ status: "ok", reasons: [] });
  expect(marked.get("parent")).toBe(states.get("parent"));
});
