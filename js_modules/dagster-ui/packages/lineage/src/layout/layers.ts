import { adjacency, at } from "../graph";
import type { Edges } from "./edges";

/**
 * The layer of each vertex, 0 for the first: as early as its parents allow, then moved towards its children when that shortens its
 * edges. The edges must have no circle.
 */
export function layersOf(count: number, edges: Edges): Int32Array {
  const [downStart, down] = adjacency(count, edges.from, edges.to);
  const [upStart] = adjacency(count, edges.to, edges.from);
  const order = topological(count, downStart, down, upStart);
  const layer = new Int32Array(count);
  for (const vertex of order) {
    for (let place = at(downStart, vertex); place < at(downStart, vertex + 1); place++) {
      const child = at(down, place);
      layer[child] = Math.max(at(layer, child), at(layer, vertex) + 1);
    }
  }
  for (let index = count - 1; index >= 0; index--) {
    const vertex = at(order, index);
    const parents = at(upStart, vertex + 1) - at(upStart, vertex);
    const children = at(downStart, vertex + 1) - at(downStart, vertex);
    if (children <= parents) continue;
    let latest = Number.MAX_SAFE_INTEGER;
    for (let place = at(downStart, vertex); place < at(downStart, vertex + 1); place++) {
      latest = Math.min(latest, at(layer, at(down, place)) - 1);
    }
    layer[vertex] = Math.max(at(layer, vertex), latest);
  }
  const first = layer.reduce((lowest, each) => Math.min(lowest, each), Number.MAX_SAFE_INTEGER);
  return first === 0 ? layer : layer.map((each) => each - first);
}

function topological(
  count: number,
  downStart: Int32Array,
  down: Int32Array,
  upStart: Int32Array,
): Int32Array {
  const waiting = Int32Array.from(
    { length: count },
    (_, vertex) => at(upStart, vertex + 1) - at(upStart, vertex),
  );
  const order = new Int32Array(count);
  let end = 0;
  for (let vertex = 0; vertex < count; vertex++) if (waiting[vertex] === 0) order[end++] = vertex;
  for (let done = 0; done < end; done++) {
    const vertex = at(order, done);
    for (let place = at(downStart, vertex); place < at(downStart, vertex + 1); place++) {
      const child = at(down, place);
      const left = at(waiting, child) - 1;
      waiting[child] = left;
      if (left === 0) order[end++] = child;
    }
  }
  return order;
}
