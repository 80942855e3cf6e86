import { at } from "../graph";

/** Neighbour lists of both sides, as flat arrays. */
export interface Neighbours {
  readonly upStart: Int32Array;
  readonly up: Int32Array;
  readonly downStart: Int32Array;
  readonly down: Int32Array;
}

/**
 * Orders the vertices within their layers so that few edges cross: each layer in turn by the mean place of its neighbours, forth
 * and back, the best order kept. Source: Sugiyama, Tagawa, Toda, Methods for Visual Understanding of Hierarchical System Structures.
 */
export function orderLayers(
  layers: Int32Array[],
  neighbours: Neighbours,
  sweeps: number,
  isCounted: boolean,
): void {
  const count = neighbours.upStart.length - 1;
  const place = new Float64Array(count);
  for (const layer of layers) setPlaces(layer, place);
  let best = isCounted ? crossings(layers, neighbours, place) : 0;
  let kept = isCounted ? layers.map((layer) => layer.slice()) : [];
  for (let sweep = 0; sweep < sweeps && (!isCounted || best > 0); sweep++) {
    if (sweep % 2 === 0) {
      for (let index = 1; index < layers.length; index++)
        sortLayer(layers[index], neighbours.upStart, neighbours.up, place);
    } else {
      for (let index = layers.length - 2; index >= 0; index--) {
        sortLayer(layers[index], neighbours.downStart, neighbours.down, place);
      }
    }
    if (!isCounted) continue;
    const now = crossings(layers, neighbours, place);
    if (now < best) {
      best = now;
      kept = layers.map((layer) => layer.slice());
    }
  }
  if (!isCounted) return;
  for (const [index, layer] of layers.entries()) layer.set(kept[index] ?? layer);
}

function setPlaces(layer: Int32Array, place: Float64Array): void {
  // In the middle of its layer a vertex has place 0, so that layers of different heights share their middle.
  const middle = (layer.length - 1) / 2;
  for (let index = 0; index < layer.length; index++) place[at(layer, index)] = index - middle;
}

function sortLayer(
  layer: Int32Array | undefined,
  start: Int32Array,
  ends: Int32Array,
  place: Float64Array,
): void {
  if (layer === undefined || layer.length < 2) {
    if (layer) setPlaces(layer, place);
    return;
  }
  const wish = new Float64Array(layer.length);
  for (let index = 0; index < layer.length; index++) {
    const vertex = at(layer, index);
    const from = at(start, vertex);
    const until = at(start, vertex + 1);
    let sum = 0;
    for (let edge = from; edge < until; edge++) sum += at(place, at(ends, edge));
    wish[index] = until > from ? sum / (until - from) : at(place, vertex);
  }
  const order = Array.from(layer.keys()).sort((one, other) => at(wish, one) - at(wish, other) || one - other);
  layer.set(order.map((index) => at(layer, index)));
  setPlaces(layer, place);
}

/** How many pairs of edges between neighbouring layers cross. Source: Barth, Jünger, Mutzel, Simple and Efficient Bilayer Cross Counting. */
export function crossings(layers: Int32Array[], neighbours: Neighbours, place: Float64Array): number {
  let total = 0;
  for (let index = 0; index + 1 < layers.length; index++) {
    const upper = layers[index];
    const lower = layers[index + 1];
    if (!upper || !lower) continue;
    total += crossingsBetween(upper, lower.length, neighbours, place);
  }
  return total;
}

function crossingsBetween(
  upper: Int32Array,
  size: number,
  { downStart, down }: Neighbours,
  place: Float64Array,
): number {
  const middle = (size - 1) / 2;
  const tree = new Int32Array(size + 1);
  let seen = 0;
  let total = 0;
  for (const vertex of upper) {
    const ends = Array.from(down.subarray(downStart[vertex], downStart[vertex + 1]), (end) =>
      Math.round(at(place, end) + middle),
    );
    ends.sort((one, other) => one - other);
    for (const end of ends) {
      let before = 0;
      for (let node = end + 1; node > 0; node -= node & -node) before += at(tree, node);
      total += seen - before;
    }
    for (const end of ends) {
      for (let node = end + 1; node <= size; node += node & -node) tree[node] = at(tree, node) + 1;
    }
    seen += ends.length;
  }
  return total;
}
