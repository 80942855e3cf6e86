import { type Graph, reach } from "../graph";
import type { FilterName, Selection } from "./expressions";

/** Answers a filter for one node: `tag` has a second value, or none for any. */
export type Matches = (node: number, name: FilterName, value: string, second: string | undefined) => boolean;

/** The nodes that the selection names, in the order of the graph. */
export function evaluateSelection(selection: Selection, graph: Graph, matches: Matches): number[] {
  return [...evaluate(selection, graph, matches)].sort((one, other) => one - other);
}

function evaluate(selection: Selection, graph: Graph, matches: Matches): Set<number> {
  switch (selection.kind) {
    case "all":
      return new Set(graph.keys.keys());
    case "word": {
      const word = selection.word.toLowerCase();
      return where(graph, (node) => keyOf(graph, node).toLowerCase().includes(word));
    }
    case "key": {
      const pattern = wildcard(selection.key);
      return where(graph, (node) => pattern.test(keyOf(graph, node)));
    }
    case "filter": {
      if (selection.name !== "key") {
        return where(graph, (node) => matches(node, selection.name, selection.value, selection.second));
      }
      const pattern = wildcard(selection.value);
      return where(graph, (node) => pattern.test(keyOf(graph, node)));
    }
    case "and": {
      const right = evaluate(selection.right, graph, matches);
      return new Set([...evaluate(selection.left, graph, matches)].filter((node) => right.has(node)));
    }
    case "or":
      return new Set([
        ...evaluate(selection.left, graph, matches),
        ...evaluate(selection.right, graph, matches),
      ]);
    case "not": {
      const inner = evaluate(selection.inner, graph, matches);
      return where(graph, (node) => !inner.has(node));
    }
    case "reach": {
      const inner = evaluate(selection.inner, graph, matches);
      const up = reach(graph.upstreamStart, graph.upstream, inner, selection.up);
      const down = reach(graph.downstreamStart, graph.downstream, inner, selection.down);
      return new Set([...up, ...down]);
    }
    case "roots":
      return ends(evaluate(selection.inner, graph, matches), graph.upstreamStart, graph.upstream);
    case "sinks":
      return ends(evaluate(selection.inner, graph, matches), graph.downstreamStart, graph.downstream);
  }
}

// Those of the set that have no neighbour of it on that side.
function ends(nodes: Set<number>, start: Int32Array, neighbours: Int32Array): Set<number> {
  return new Set(
    [...nodes].filter(
      (node) => !neighbours.subarray(start[node], start[node + 1]).some((each) => nodes.has(each)),
    ),
  );
}

function where(graph: Graph, holds: (node: number) => boolean): Set<number> {
  const found = new Set<number>();
  for (let node = 0; node < graph.keys.length; node++) if (holds(node)) found.add(node);
  return found;
}

function keyOf(graph: Graph, node: number): string {
  return graph.keys[node] ?? "";
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${escaped}$`, "s");
}
