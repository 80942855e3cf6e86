import type { Ask } from "@dagster-ui/client";
import { PartitionKeysAtDocument, PartitionKeysDocument, PartitionPlacesDocument } from "./partitions.gql";

/** The most keys that are asked for in one page; as many as the server gives. */
const mostKeys = 10_000;

/**
 * The keys of an asset's partitions by their places, asked for as they are wanted and then known. Keys are never all loaded: a
 * picture of a million needs the names of its lines and of what is under the pointer.
 */
export class PartitionKeys {
  readonly #ask: Ask;
  readonly #path: readonly string[];
  readonly #known = new Map<string, Map<number, string>>();
  readonly #wanted = new Map<string, Set<number>>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(ask: Ask, path: readonly string[]) {
    this.#ask = ask;
    this.#path = path;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number whenever more keys are known. */
  readonly version = (): number => this.#version;

  /** The key at a place, undefined while it is not known; it is then asked for, together with what else is wanted now. */
  keyOf(axis: string, place: number): string | undefined {
    const key = this.#known.get(axis)?.get(place);
    if (key === undefined) this.#want(axis, place);
    return key;
  }

  /** The keys at the places, in their order; places that hold none are left out. */
  async keysAt(axis: string, places: readonly number[]): Promise<string[]> {
    const missing = places.filter((place) => !this.#known.get(axis)?.has(place));
    if (missing.length > 0) await this.#loadAt(axis, [...new Set(missing)]);
    return places.flatMap((place) => this.#known.get(axis)?.get(place) ?? []);
  }

  /** Asks for all keys from one place up to another, when they are not more than are given at once. */
  async load(axis: string, start: number, end: number): Promise<void> {
    if (end - start > mostKeys || end <= start) return;
    const known = this.#known.get(axis);
    if (known?.has(start) && known.has(end - 1) && known.has((start + end) >> 1)) return;
    const answer = await this.#ask(PartitionKeysDocument, { assetKey: this.#assetKey, axis, start, end });
    const node = answer.assetNodeOrError;
    if (node.__typename !== "AssetNode") return;
    this.#learn(
      axis,
      (node.partitionAxes[0]?.keys ?? []).map((key, index) => [start + index, key]),
    );
  }

  /** The place of each key, undefined where there is no such key. */
  async placesOf(axis: string, keys: readonly string[]): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const answer = await this.#ask(PartitionPlacesDocument, { assetKey: this.#assetKey, axis, keys });
    const node = answer.assetNodeOrError;
    const places = node.__typename === "AssetNode" ? (node.partitionAxes[0]?.placesOf ?? []) : [];
    const found = keys.flatMap((key, index): [string, number][] => {
      const place = places[index];
      return typeof place === "number" ? [[key, place]] : [];
    });
    this.#learn(
      axis,
      found.map(([key, place]) => [place, key]),
    );
    return new Map(found);
  }

  get #assetKey() {
    return { path: [...this.#path] };
  }

  #want(axis: string, place: number): void {
    const wanted = this.#wanted.get(axis);
    if (wanted) {
      wanted.add(place);
      return;
    }
    this.#wanted.set(axis, new Set([place]));
    queueMicrotask(() => {
      const places = [...(this.#wanted.get(axis) ?? [])];
      this.#wanted.delete(axis);
      // What fails is asked for again when it is wanted again.
      this.#loadAt(axis, places).catch(() => {});
    });
  }

  async #loadAt(axis: string, places: readonly number[]): Promise<void> {
    const answer = await this.#ask(PartitionKeysAtDocument, { assetKey: this.#assetKey, axis, places });
    const node = answer.assetNodeOrError;
    if (node.__typename !== "AssetNode") return;
    const keys = node.partitionAxes[0]?.keysAt ?? [];
    this.#learn(
      axis,
      places.flatMap((place, index): [number, string][] => {
        const key = keys[index];
        return typeof key === "string" ? [[place, key]] : [];
      }),
    );
  }

  #learn(axis: string, keys: readonly (readonly [number, string])[]): void {
    const known = this.#known.get(axis) ?? new Map<number, string>();
    this.#known.set(axis, known);
    const before = known.size;
    for (const [place, key] of keys) known.set(place, key);
    if (known.size === before) return;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
