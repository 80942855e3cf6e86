import type { Ask, Changes } from "@dagster-ui/client";
import type {
  AssetGraphQuery,
  AssetLatestFragment,
  AssetStalenessFragment,
  AssetStandingFragment,
} from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { AssetStore, stateOf } from "./store";

type Node = AssetGraphQuery["assetNodes"][number];

function node(key: string, upstream: string[] = []): Node {
  return {
    __typename: "AssetNode",
    id: key,
    assetKey: { __typename: "AssetKey", path: key.split("/") },
    groupName: "g",
    description: null,
    kinds: [],
    owners: [],
    tags: [],
    dependencyKeys: upstream.map((each) => ({ __typename: "AssetKey", path: each.split("/") })),
    isMaterializable: true,
    isObservable: false,
    isExecutable: true,
    isPartitioned: false,
    hasAssetChecks: false,
    jobNames: ["__ASSET_JOB", "daily"],
    repository: {
      __typename: "Repository",
      id: "r",
      name: "__repository__",
      location: { __typename: "RepositoryLocation", id: "l", name: "shop" },
    },
  };
}

function latest(key: string, timestamp: string | undefined): AssetLatestFragment {
  return {
    __typename: "AssetLatestInfo",
    id: key,
    assetKey: { __typename: "AssetKey", path: key.split("/") },
    latestMaterialization:
      timestamp === undefined ? null : { __typename: "MaterializationEvent", timestamp, runId: "r" },
    unstartedRunIds: [],
    inProgressRunIds: [],
    latestRun: null,
  };
}

function staleness(node: Node, staleStatus: "FRESH" | "STALE"): AssetStalenessFragment {
  const { __typename, id, assetKey } = node;
  return { __typename, id, assetKey, staleStatus, staleCauses: [] };
}

function fresh(node: Node): AssetStandingFragment {
  return {
    ...staleness(node, "FRESH"),
    partitionStats: null,
    assetChecksOrError: { __typename: "AssetChecks", checks: [] },
  };
}

/** A server that answers with these nodes and states, and counts how often it is asked for the graph. */
function server(nodes: Node[], states: AssetLatestFragment[]) {
  const counts = { graph: 0 };
  const ask: Ask = async (document) => {
    const [definition] = document.definitions;
    const name = definition && "name" in definition ? definition.name?.value : undefined;
    if (name === "AssetsLatest") return JSON.parse(JSON.stringify({ assetsLatestInfo: states }));
    if (name === "AssetStandings") return JSON.parse(JSON.stringify({ assetNodes: nodes.map(fresh) }));
    counts.graph++;
    return JSON.parse(JSON.stringify({ assetNodes: nodes }));
  };
  return { ask, counts };
}

const changes: Changes = {
  __typename: "WorkspaceChanges",
  sequence: "1",
  isReset: false,
  assets: [],
  runs: [],
  runIds: [],
  instigators: [],
  assetNodes: [],
  downstreamAssetNodes: [],
  locations: [],
};

it("loads once, however many pages ask", async () => {
  const { ask, counts } = server([node("b", ["a"]), node("a")], [latest("a", "5"), latest("b", undefined)]);
  const store = new AssetStore(ask);
  await Promise.all([store.load(), store.load()]);
  expect(counts.graph).toBe(1);
  expect(store.current().facts.map((each) => [each.key, each.jobs])).toEqual([
    ["a", ["daily"]],
    ["b", ["daily"]],
  ]);
  expect(stateOf(store.current(), "a").status).toBe("ok");
  expect(stateOf(store.current(), "b").status).toBe("missing");
});

it("asks when the feed is open, so that nothing is missed and nothing asked twice", async () => {
  const { ask, counts } = server([node("a")], [latest("a", "5")]);
  let open = () => {};
  const store = new AssetStore(ask, new Promise((resolve) => (open = resolve)));
  const loaded = store.load();
  store.follow({ ...changes, isReset: true });
  expect(counts.graph).toBe(0);
  open();
  await loaded;
  expect(counts.graph).toBe(1);
});

it("follows the feed, and marks what became stale by it", async () => {
  const { ask, counts } = server([node("a"), node("b", ["a"])], [latest("a", "5"), latest("b", "6")]);
  const store = new AssetStore(ask);
  await store.load();
  let published = 0;
  store.subscribe(() => published++);
  store.follow({
    ...changes,
    assets: [latest("a", "9"), latest("unknown", "9")],
    downstreamAssetNodes: [staleness(node("b"), "STALE")],
  });
  expect(published).toBe(1);
  expect(stateOf(store.current(), "a").materializedAt).toBe(9);
  expect(stateOf(store.current(), "b").status).toBe("stale");
  expect(store.current().states.has("unknown")).toBe(false);
  expect(counts.graph).toBe(1);
});

it("keeps what the feed told while an older answer was under way", async () => {
  const { ask } = server([node("a"), node("b")], [latest("a", "5"), latest("b", "5")]);
  let isSlow = false;
  let answer = () => {};
  const slow: Ask = async (document, variables) => {
    const found = await ask(document, variables);
    if (isSlow) await new Promise<void>((resolve) => (answer = resolve));
    return found;
  };
  const store = new AssetStore(slow);
  await store.load();
  isSlow = true;
  const refreshed = store.refresh(["a", "b"]);
  await new Promise((resolve) => setTimeout(resolve));
  store.follow({ ...changes, assets: [latest("a", "9")] });
  isSlow = false;
  answer();
  await refreshed;
  expect(stateOf(store.current(), "a").materializedAt).toBe(9);
  expect(stateOf(store.current(), "b").materializedAt).toBe(5);
});

it("loads anew when the feed cannot tell what changed", async () => {
  const { ask, counts } = server([node("a")], [latest("a", "5")]);
  const store = new AssetStore(ask);
  await store.load();
  store.follow({ ...changes, isReset: true });
  await store.load();
  expect(counts.graph).toBe(2);
});

it("says why it could not load, and tries again when it is asked again", async () => {
  let isDown = true;
  const { ask } = server([node("a")], [latest("a", "5")]);
  const flaky: Ask = (document, variables) =>
    isDown ? Promise.reject(new Error("no server")) : ask(document, variables);
  const store = new AssetStore(flaky);
  await store.load();
  expect(store.current()).toMatchObject({ isLoaded: false, problem: "no server" });
  isDown = false;
  await store.load();
  expect(store.current()).toMatchObject({ isLoaded: true, problem: undefined });
});
