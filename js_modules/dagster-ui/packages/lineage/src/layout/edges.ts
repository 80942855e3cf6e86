import { adjacency, at } from "../graph";

/** Directed edges between numbered vertices. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Which edges to turn round so that no circle is left: those that lead back to a vertex from which a walk in the order of the
 * numbers came. Source: Gansner et al., A Technique for Drawing Directed Graphs, 2.1.
 */
export function edgesToReverse(count: number, edges: Edges): Uint8Array {
  const [start, places] = adjacency(
    count,
    edges.from,
    Int32Array.from(edges.from, (_, edge) => edge),
  );
  const state = new Uint8Array(count);
  const next = start.slice(0, count);
  const reversed = new Uint8Array(edges.from.length);
  const stack: number[] = [];
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) continue;
    stack.push(root);
    state[root] = 1;
    while (stack.length > 0) {
      const vertex = stack[stack.length - 1] ?? 0;
      const place = at(next, vertex);
      if (place === at(start, vertex + 1)) {
        state[vertex] = 2;
        stack.pop();
        continue;
      }
      next[vertex] = place + 1;
      const edge = at(places, place);
      const target = at(edges.to, edge);
      if (state[target] === 1) reversed[edge] = 1;
      else if (state[target] === 0) {
        state[target] = 1;
        stack.push(target);
      }
    }
  }
  return reversed;
}

/** The edges with those turned round that are marked. */
export function withReversed(edges: Edges, reversed: Uint8Array): Edges {
  return {
    from: edges.from.map((vertex, edge) => (reversed[edge] ? at(edges.to, edge) : vertex)),
    to: edges.to.map((vertex, edge) => (reversed[edge] ? at(edges.from, edge) : vertex)),
  };
}

/** The number of the component of each vertex; components are numbered by their lowest vertex. */
export function componentsOf(count: number, edges: Edges): { componentOf: Int32Array; components: number } {
  const parent = Int32Array.from({ length: count }, (_, vertex) => vertex);
  const find = (vertex: number): number => {
    let root = vertex;
    while (parent[root] !== root) {
      parent[root] = at(parent, at(parent, root));
      root = at(parent, root);
    }
    return root;
  };
  for (let edge = 0; edge < edges.from.length; edge++) {
    const one = find(at(edges.from, edge));
    const other = find(at(edges.to, edge));
    parent[Math.max(one, other)] = Math.min(one, other);
  }
  const componentOf = new Int32Array(count);
  const numbers = new Map<number, number>();
  for (let vertex = 0; vertex < count; vertex++) {
    const root = find(vertex);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    componentOf[vertex] = number;
  }
  return { componentOf, components: numbers.size };
}
