import { type Ask, type Changes, keyText } from "@dagster-ui/client";
import type {
  AssetLatestFragment,
  AssetStalenessFragment,
  AssetStandingFragment,
} from "@dagster-ui/client/schema";
import { type Graph, makeGraph } from "@dagster-ui/lineage";
import {
  type AssetFacts,
  type AssetStanding,
  type AssetState,
  assetFacts,
  assetStanding,
  assetState,
  unknownState,
} from "./facts";
import { AssetGraphDocument, AssetStandingsDocument, AssetsLatestDocument } from "./graph.gql";

/** All assets at one moment. A new value is made on each change; what did not change is the same object as before. */
export interface Assets {
  readonly isLoaded: boolean;
  readonly problem: string | undefined;
  readonly facts: readonly AssetFacts[];
  readonly byKey: ReadonlyMap<string, AssetFacts>;
  /** The nodes stand in the order of `facts`, which is that of their keys. */
  readonly graph: Graph;
  readonly states: ReadonlyMap<string, AssetState>;
  /** Whether the states were asked for and are known. */
  readonly isCurrent: boolean;
}

const nothing: Assets = {
  isLoaded: false,
  problem: undefined,
  facts: [],
  byKey: new Map(),
  graph: makeGraph([]),
  states: new Map(),
  isCurrent: false,
};

type Keyed = Pick<AssetLatestFragment, "assetKey">;

/** How many assets are asked about in one request. */
const pageSize = 2000;

/**
 * The assets of the workspace: loaded once, then changed by live events. The plain values of thousands of assets lie here and not
 * in the store of entities, because each page draws from all of them.
 */
export class AssetStore {
  #assets = nothing;
  #loading: Promise<void> | undefined;
  readonly #latest = new Map<string, AssetLatestFragment>();
  readonly #standings = new Map<string, AssetStanding>();
  /** How often the feed has told of each asset. */
  readonly #told = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #ask: Ask;
  readonly #opened: Promise<void>;

  /** `opened` is kept when the feed is open, or one waits no longer for it. */
  constructor(ask: Ask, opened: Promise<void> = Promise.resolve()) {
    this.#ask = ask;
    this.#opened = opened;
  }

  readonly current = (): Assets => this.#assets;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads the assets unless that is done or under way. */
  load(): Promise<void> {
    this.#loading ??= this.#opened.then(() => this.reload());
    return this.#loading;
  }

  /** Loads the assets anew, such as after a code location was loaded; what is shown stays until then. */
  async reload(): Promise<void> {
    try {
      const { assetNodes } = await this.#ask(AssetGraphDocument, {});
      const facts = assetNodes.map(assetFacts).sort((one, other) => (one.key < other.key ? -1 : 1));
      const byKey = new Map(facts.map((each) => [each.key, each]));
      const states = new Map([...this.#assets.states].filter(([key]) => byKey.has(key)));
      this.#publish({
        ...this.#assets,
        isLoaded: true,
        problem: undefined,
        facts,
        byKey,
        graph: makeGraph(facts),
        states,
      });
      await this.refresh(facts.map((each) => each.key));
    } catch (error) {
      this.#loading = undefined;
      this.#publish({ ...this.#assets, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Asks how these assets stand: first their latest events, then what takes the server longer to tell. */
  async refresh(keys: readonly string[]): Promise<void> {
    for (const page of this.#pages(keys)) {
      const isUntold = this.#untoldSince();
      const answer = await this.#ask(AssetsLatestDocument, { assetKeys: page });
      this.#learn(answer.assetsLatestInfo.filter(isUntold), []);
    }
    this.#publish({ ...this.#assets, isCurrent: true });
    for (const page of this.#pages(keys)) {
      const isUntold = this.#untoldSince();
      const answer = await this.#ask(AssetStandingsDocument, { assetKeys: page });
      this.#learn([], answer.assetNodes.filter(isUntold));
    }
  }

  /**
   * Whether the feed told nothing of an asset from now on. What it told while an answer was under way may be newer than the
   * answer, and is never left behind: what changes later it tells later.
   */
  #untoldSince(): (each: Keyed) => boolean {
    const before = new Map(this.#told);
    return (each) => this.#told.get(keyText(each.assetKey)) === before.get(keyText(each.assetKey));
  }

  /** Takes over what the feed told, and loads anew when it cannot tell. */
  follow(changes: Changes): void {
    if (!this.#assets.isLoaded) return;
    if (changes.isReset || changes.locations.some((each) => each.loadStatus === "LOADED")) {
      this.#loading = this.reload();
      return;
    }
    const nodes = [...changes.assetNodes, ...changes.downstreamAssetNodes];
    for (const each of [...changes.assets, ...changes.assetNodes]) {
      const key = keyText(each.assetKey);
      this.#told.set(key, (this.#told.get(key) ?? 0) + 1);
    }
    this.#learn(changes.assets, nodes);
  }

  *#pages(keys: readonly string[]): Generator<{ path: string[] }[]> {
    for (let start = 0; start < keys.length; start += pageSize) {
      const page = keys.slice(start, start + pageSize).flatMap((key) => this.#assets.byKey.get(key) ?? []);
      yield page.map((each) => ({ path: [...each.path] }));
    }
  }

  #learn(
    latest: readonly AssetLatestFragment[],
    nodes: readonly (AssetStandingFragment | AssetStalenessFragment)[],
  ): void {
    const touched = new Set<string>();
    for (const each of latest) {
      const key = keyText(each.assetKey);
      this.#latest.set(key, each);
      touched.add(key);
    }
    for (const each of nodes) {
      const key = keyText(each.assetKey);
      this.#standings.set(key, assetStanding(each, this.#standings.get(key)));
      touched.add(key);
    }
    if (touched.size === 0) return;
    const states = new Map(this.#assets.states);
    for (const key of touched) {
      const facts = this.#assets.byKey.get(key);
      if (facts) states.set(key, assetState(facts, this.#latest.get(key), this.#standings.get(key)));
    }
    this.#publish({ ...this.#assets, states });
  }

  #publish(next: Assets): void {
    this.#assets = next;
    for (const listener of this.#listeners) listener();
  }
}

export function stateOf(assets: Assets, key: string): AssetState {
  return assets.states.get(key) ?? unknownState;
}
