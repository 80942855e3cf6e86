import { adjacency, at } from "../graph";
import { type Edges, edgesToReverse, withReversed } from "./edges";
import { layersOf } from "./layers";
import { orderLayers } from "./ordering";
import { placeLayers } from "./positions";

export interface Gaps {
  /** Between layers. */
  readonly along: number;
  /** Between the vertices of a layer. */
  readonly across: number;
  /** How wide the whole should be, as a multiple of its height, when it falls into parts. */
  readonly aspect: number;
  /** Whether the whole graph is large: fewer rounds then, and crossings are not counted. */
  readonly isLarge?: boolean;
}

/**
 * Where the vertices lie, from left to right in the direction of the edges; the top left corner of each, and of the whole at 0, 0.
 * The points of edge i stand in `points` as x, y from `2 * routeStart[i]` to `2 * routeStart[i + 1]`: its way past the layers that it
 * crosses, without its ends.
 */
export interface Placed {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly routeStart: Int32Array;
  readonly points: Float64Array;
}

/** Lays out a connected graph in layers. Same input, same output: nothing depends on chance or time. */
export function layered(width: Float64Array, height: Float64Array, edges: Edges, gaps: Gaps): Placed {
  const count = width.length;
  const reversed = edgesToReverse(count, edges);
  const forward = withReversed(edges, reversed);
  const layerOf = layersOf(count, forward);
  const split = splitLongEdges(count, forward, layerOf);
  const total = split.layerOf.length;
  const [downStart, down] = adjacency(total, split.from, split.to);
  const [upStart, up] = adjacency(total, split.to, split.from);
  const neighbours = { upStart, up, downStart, down };
  const layers = initialLayers(split.layerOf, neighbours);
  const isLarge = gaps.isLarge === true || total > 3000;
  orderLayers(layers, neighbours, isLarge ? 4 : 12, !isLarge);
  const heights = new Float64Array(total);
  heights.set(height);
  const isBend = new Uint8Array(total).fill(1, count);
  const middle = placeLayers(layers, neighbours, heights, isBend, gaps.across, isLarge ? 4 : 10);
  return assemble(width, height, layers, split, reversed, middle, gaps);
}

interface Split {
  readonly from: number[];
  readonly to: number[];
  readonly layerOf: Int32Array;
  /** The first bend of each edge, and how many it has. */
  readonly firstBend: Int32Array;
  readonly bends: Int32Array;
}

/** So many layers an edge may cross with bends when bends are many; a longer one is drawn in one swing. */
const longestBent = 4;

function splitLongEdges(count: number, edges: Edges, layerOf: Int32Array): Split {
  let wanted = 0;
  for (let edge = 0; edge < edges.from.length; edge++) wanted += spanOf(edges, edge, layerOf) - 1;
  const limit = wanted > 4 * count + 400 ? longestBent : Number.POSITIVE_INFINITY;
  const from: number[] = [];
  const to: number[] = [];
  const bendLayers: number[] = [];
  const firstBend = new Int32Array(edges.from.length);
  const bends = new Int32Array(edges.from.length);
  for (let edge = 0; edge < edges.from.length; edge++) {
    const span = spanOf(edges, edge, layerOf);
    let last = at(edges.from, edge);
    if (span > 1 && span <= limit) {
      firstBend[edge] = count + bendLayers.length;
      bends[edge] = span - 1;
      for (let step = 1; step < span; step++) {
        const bend = count + bendLayers.length;
        bendLayers.push(at(layerOf, at(edges.from, edge)) + step);
        from.push(last);
        to.push(bend);
        last = bend;
      }
    }
    from.push(last);
    to.push(at(edges.to, edge));
  }
  const all = new Int32Array(count + bendLayers.length);
  all.set(layerOf);
  all.set(bendLayers, count);
  return { from, to, layerOf: all, firstBend, bends };
}

function spanOf(edges: Edges, edge: number, layerOf: Int32Array): number {
  return at(layerOf, at(edges.to, edge)) - at(layerOf, at(edges.from, edge));
}

// By a walk along the edges, so that what belongs together starts together.
function initialLayers(
  layerOf: Int32Array,
  { downStart, down, upStart }: { downStart: Int32Array; down: Int32Array; upStart: Int32Array },
): Int32Array[] {
  const count = layerOf.length;
  const lists: number[][] = [];
  const seen = new Uint8Array(count);
  const visit = (root: number) => {
    const stack = [root];
    seen[root] = 1;
    while (stack.length > 0) {
      const vertex = stack.pop() ?? 0;
      const layer = at(layerOf, vertex);
      while (lists.length <= layer) lists.push([]);
      lists[layer]?.push(vertex);
      for (let place = at(downStart, vertex + 1) - 1; place >= at(downStart, vertex); place--) {
        const child = at(down, place);
        if (seen[child] === 1) continue;
        seen[child] = 1;
        stack.push(child);
      }
    }
  };
  for (let vertex = 0; vertex < count; vertex++) {
    if (seen[vertex] === 0 && at(upStart, vertex) === at(upStart, vertex + 1)) visit(vertex);
  }
  for (let vertex = 0; vertex < count; vertex++) if (seen[vertex] === 0) visit(vertex);
  return lists.map((list) => Int32Array.from(list));
}

function assemble(
  width: Float64Array,
  height: Float64Array,
  layers: readonly Int32Array[],
  split: Split,
  reversed: Uint8Array,
  middle: Float64Array,
  gaps: Gaps,
): Placed {
  const count = width.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const left = new Float64Array(layers.length);
  const right = new Float64Array(layers.length);
  let edge = 0;
  layers.forEach((layer, index) => {
    let widest = 0;
    for (const vertex of layer) if (vertex < count) widest = Math.max(widest, at(width, vertex));
    left[index] = edge;
    right[index] = edge + widest;
    edge += widest + gaps.along;
  });
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let vertex = 0; vertex < middle.length; vertex++) {
    const half = vertex < count ? at(height, vertex) / 2 : 0;
    top = Math.min(top, at(middle, vertex) - half);
    bottom = Math.max(bottom, at(middle, vertex) + half);
  }
  for (let vertex = 0; vertex < count; vertex++) {
    const layer = at(split.layerOf, vertex);
    x[vertex] = (at(left, layer) + at(right, layer) - at(width, vertex)) / 2;
    y[vertex] = at(middle, vertex) - at(height, vertex) / 2 - top;
  }
  const routes = routesOf(split, reversed, left, right, middle, top);
  return { x, y, width: edge - gaps.along, height: bottom - top, ...routes };
}

// Two points per bend, so that an edge lies flat beside the vertices of a layer and swings only between layers.
function routesOf(
  { bends, firstBend, layerOf }: Split,
  reversed: Uint8Array,
  left: Float64Array,
  right: Float64Array,
  middle: Float64Array,
  top: number,
): { routeStart: Int32Array; points: Float64Array } {
  const routeStart = new Int32Array(bends.length + 1);
  for (let edge = 0; edge < bends.length; edge++)
    routeStart[edge + 1] = at(routeStart, edge) + 2 * at(bends, edge);
  const points = new Float64Array(2 * at(routeStart, bends.length));
  for (let edge = 0; edge < bends.length; edge++) {
    const total = at(bends, edge);
    let place = 2 * at(routeStart, edge);
    for (let step = 0; step < total; step++) {
      const bend = at(firstBend, edge) + (reversed[edge] ? total - 1 - step : step);
      const layer = at(layerOf, bend);
      const y = at(middle, bend) - top;
      points[place] = at(reversed[edge] ? right : left, layer);
      points[place + 1] = y;
      points[place + 2] = at(reversed[edge] ? left : right, layer);
      points[place + 3] = y;
      place += 4;
    }
  }
  return { routeStart, points };
}
