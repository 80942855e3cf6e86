/** What a graph needs to know of a node; everything else stays with the application. */
export interface GraphNode {
  readonly key: string;
  readonly group: string;
  readonly upstream: readonly string[];
}

/**
 * Nodes by number, in the order of their keys, with their neighbours as flat arrays: the neighbours of node i stand in `downstream`
 * from `downstreamStart[i]` to `downstreamStart[i + 1]`.
 */
export interface Graph {
  readonly keys: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly upstreamStart: Int32Array;
  readonly upstream: Int32Array;
  readonly downstreamStart: Int32Array;
  readonly downstream: Int32Array;
}

/** The graph of the nodes; upstream keys that are no node are left out, as are repeated ones. */
export function makeGraph(nodes: readonly GraphNode[]): Graph {
  const sorted = [...nodes].sort((one, other) => compare(one.key, other.key));
  const keys = sorted.map((node) => node.key);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const from: number[] = [];
  const to: number[] = [];
  sorted.forEach((node, index) => {
    const seen = new Set<number>();
    for (const key of node.upstream) {
      const parent = indexOf.get(key);
      if (parent === undefined || parent === index || seen.has(parent)) continue;
      seen.add(parent);
      from.push(parent);
      to.push(index);
    }
  });
  const [downstreamStart, downstream] = adjacency(keys.length, from, to);
  const [upstreamStart, upstream] = adjacency(keys.length, to, from);
  return { keys, indexOf, upstreamStart, upstream, downstreamStart, downstream };
}

/** Code unit order: the same on every machine, whatever its language. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Edges as flat neighbour lists by their first end: where each list starts, and the second ends. */
export function adjacency(
  count: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): [start: Int32Array, ends: Int32Array] {
  const start = new Int32Array(count + 1);
  for (let edge = 0; edge < from.length; edge++)
    start[at(from, edge) + 1] = at(start, at(from, edge) + 1) + 1;
  for (let node = 0; node < count; node++) start[node + 1] = at(start, node + 1) + at(start, node);
  const next = start.slice();
  const ends = new Int32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) {
    const node = at(from, edge);
    const place = at(next, node);
    ends[place] = at(to, edge);
    next[node] = place + 1;
  }
  return [start, ends];
}

/** The number at a place that is known to exist; typed arrays are asked in the innermost loops, so there is no check. */
export function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}

/**
 * Everything within so many steps of the nodes, themselves included; `Infinity` for all.
 *
 * @param start and ends: the neighbour lists to follow, `upstream` or `downstream` of a graph.
 */
export function reach(
  start: Int32Array,
  ends: Int32Array,
  nodes: Iterable<number>,
  depth: number,
): Set<number> {
  const reached = new Set(nodes);
  let frontier = [...reached];
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const next: number[] = [];
    for (const node of frontier) {
      for (let place = at(start, node); place < at(start, node + 1); place++) {
        const neighbour = at(ends, place);
        if (reached.has(neighbour)) continue;
        reached.add(neighbour);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return reached;
}
