import { at } from "../graph";
import type { Neighbours } from "./ordering";

/**
 * Moves each number as little as possible so that neighbours keep their distances. Source: isotonic regression by pooling adjacent
 * violators; distances are subtracted first, so that "not closer than" becomes "not before".
 *
 * @param wish where each wants to be, in order.
 * @param distance how far each must be from the one before it; the first is ignored.
 * @param weight how much each insists.
 */
export function separate(wish: Float64Array, distance: Float64Array, weight: Float64Array): Float64Array {
  const count = wish.length;
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  const sizes = new Int32Array(count);
  let blocks = 0;
  let offset = 0;
  for (let index = 0; index < count; index++) {
    if (index > 0) offset += at(distance, index);
    sums[blocks] = (at(wish, index) - offset) * at(weight, index);
    weights[blocks] = at(weight, index);
    sizes[blocks] = 1;
    blocks++;
    while (
      blocks > 1 &&
      at(sums, blocks - 2) / at(weights, blocks - 2) > at(sums, blocks - 1) / at(weights, blocks - 1)
    ) {
      sums[blocks - 2] = at(sums, blocks - 2) + at(sums, blocks - 1);
      weights[blocks - 2] = at(weights, blocks - 2) + at(weights, blocks - 1);
      sizes[blocks - 2] = at(sizes, blocks - 2) + at(sizes, blocks - 1);
      blocks--;
    }
  }
  const result = new Float64Array(count);
  let index = 0;
  offset = 0;
  for (let block = 0; block < blocks; block++) {
    const value = at(sums, block) / at(weights, block);
    for (let member = 0; member < at(sizes, block); member++) {
      if (index > 0) offset += at(distance, index);
      result[index] = value + offset;
      index++;
    }
  }
  return result;
}

/**
 * The middle of each vertex across the layers: near the mean of its neighbours, in the given order, apart by their heights.
 *
 * @param isBend the vertices that only carry an edge past a layer; they insist more, so that long edges run straight.
 */
export function placeLayers(
  layers: readonly Int32Array[],
  neighbours: Neighbours,
  height: Float64Array,
  isBend: Uint8Array,
  gap: number,
  sweeps: number,
): Float64Array {
  const middle = new Float64Array(height.length);
  for (const layer of layers) stack(layer, height, isBend, gap, middle);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isLast = sweep >= sweeps - 2;
    const order = sweep % 2 === 0 ? layers : [...layers].reverse();
    for (const layer of order) {
      const useUp = sweep % 2 === 0 || isLast;
      const useDown = sweep % 2 === 1 || isLast;
      settle(layer, neighbours, height, isBend, gap, middle, useUp, useDown);
    }
  }
  return middle;
}

function distanceBetween(
  one: number,
  other: number,
  height: Float64Array,
  isBend: Uint8Array,
  gap: number,
): number {
  const space = isBend[one] && isBend[other] ? gap / 3 : gap;
  return (at(height, one) + at(height, other)) / 2 + space;
}

function stack(
  layer: Int32Array,
  height: Float64Array,
  isBend: Uint8Array,
  gap: number,
  middle: Float64Array,
): void {
  let y = 0;
  for (let index = 0; index < layer.length; index++) {
    const vertex = at(layer, index);
    if (index > 0) y += distanceBetween(at(layer, index - 1), vertex, height, isBend, gap);
    middle[vertex] = y;
  }
  for (const vertex of layer) middle[vertex] = at(middle, vertex) - y / 2;
}

function settle(
  layer: Int32Array,
  { upStart, up, downStart, down }: Neighbours,
  height: Float64Array,
  isBend: Uint8Array,
  gap: number,
  middle: Float64Array,
  useUp: boolean,
  useDown: boolean,
): void {
  const wish = new Float64Array(layer.length);
  const distance = new Float64Array(layer.length);
  const weight = new Float64Array(layer.length);
  for (let index = 0; index < layer.length; index++) {
    const vertex = at(layer, index);
    let sum = 0;
    let count = 0;
    if (useUp) {
      for (let place = at(upStart, vertex); place < at(upStart, vertex + 1); place++, count++)
        sum += at(middle, at(up, place));
    }
    if (useDown) {
      for (let place = at(downStart, vertex); place < at(downStart, vertex + 1); place++, count++) {
        sum += at(middle, at(down, place));
      }
    }
    wish[index] = count > 0 ? sum / count : at(middle, vertex);
    weight[index] = isBend[vertex] ? 4 : count > 0 ? 1 : 0.1;
    if (index > 0) distance[index] = distanceBetween(at(layer, index - 1), vertex, height, isBend, gap);
  }
  const placed = separate(wish, distance, weight);
  for (let index = 0; index < layer.length; index++) middle[at(layer, index)] = at(placed, index);
}
