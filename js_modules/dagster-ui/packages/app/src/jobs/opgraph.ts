import { layoutGraph } from "@dagster-ui/lineage";

/** A box of the graph of a job: an op, a graph of ops, or an asset. */
export interface OpNode {
  readonly key: string;
  readonly upstream: readonly string[];
}

export interface PlacedNode {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/** A small graph as it is drawn: boxes of one size, and edges as paths of SVG. */
export interface Drawing {
  readonly nodes: readonly PlacedNode[];
  readonly paths: readonly { readonly from: string; readonly to: string; readonly d: string }[];
  readonly width: number;
  readonly height: number;
}

export const boxSize = { width: 208, height: 56 };
const gaps = { along: 56, across: 18, aspect: 1.8 };

/** Lays out the boxes from left to right; edges to what is not among them are left out. */
export function drawOps(nodes: readonly OpNode[]): Drawing {
  const indexOf = new Map(nodes.map((node, index) => [node.key, index]));
  const from: number[] = [];
  const to: number[] = [];
  nodes.forEach((node, index) => {
    for (const upstream of new Set(node.upstream)) {
      const start = indexOf.get(upstream);
      if (start === undefined || start === index) continue;
      from.push(start);
      to.push(index);
    }
  });
  const edges = { from: Int32Array.from(from), to: Int32Array.from(to) };
  const width = new Float64Array(nodes.length).fill(boxSize.width);
  const height = new Float64Array(nodes.length).fill(boxSize.height);
  const placed = layoutGraph(width, height, edges, gaps);
  const corner = (index: number) => ({ x: placed.x[index] ?? 0, y: placed.y[index] ?? 0 });
  const middle = boxSize.height / 2;
  const paths = from.map((start, edge) => {
    const end = to[edge] ?? 0;
    const points = [{ x: corner(start).x + boxSize.width, y: corner(start).y + middle }];
    for (let at = placed.routeStart[edge] ?? 0; at < (placed.routeStart[edge + 1] ?? 0); at++)
      points.push({ x: placed.points[2 * at] ?? 0, y: placed.points[2 * at + 1] ?? 0 });
    points.push({ x: corner(end).x, y: corner(end).y + middle });
    return { from: nodes[start]?.key ?? "", to: nodes[end]?.key ?? "", d: curve(points) };
  });
  return {
    nodes: nodes.map((node, index) => ({ key: node.key, ...corner(index) })),
    paths,
    width: placed.width,
    height: placed.height,
  };
}

/** A line through the points that leaves and arrives horizontally. */
function curve(points: readonly { x: number; y: number }[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (!before) return `M${round(x)} ${round(y)}`;
      const half = (x - before.x) / 2;
      return `C${round(before.x + half)} ${round(before.y)} ${round(x - half)} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
