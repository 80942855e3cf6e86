import { at } from "../graph";
import type { Gaps, Placed } from "./layered";
import { layoutGraph } from "./packing";

/** What is laid out: nodes with their groups, and which groups stand open. Sent to the worker as it is. */
export interface LayoutRequest {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly groupOf: Int32Array;
  readonly groups: number;
  readonly isOpen: Uint8Array;
  /** How wide the place is where it is shown, as a multiple of its height. */
  readonly aspect: number;
  /** Of each node, so that their names have room. */
  readonly nodeWidth: number;
}

/**
 * Where everything lies. A box is a node (its own number) or a group (`nodes` plus its number); what is not drawn, because its group
 * is closed, has width 0. Edges lead between boxes that are drawn and stand once, however many edges of nodes they stand for.
 */
export interface Layout {
  readonly nodes: number;
  readonly groups: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly width: Float32Array;
  readonly height: Float32Array;
  readonly isOpen: Uint8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly routeStart: Int32Array;
  readonly points: Float32Array;
  readonly totalWidth: number;
  readonly totalHeight: number;
}

export const sizes = {
  node: { least: 176, most: 256, height: 52 },
  closed: { width: 232, height: 76 },
  header: 40,
  padding: 20,
};

// The insides of groups are rather tall, so that the whole, which runs from left to right, is not too wide for a screen.
const innerGaps: Gaps = { along: 48, across: 16, aspect: 0.4 };
const outerGaps = { along: 56, across: 32 };

/**
 * Lays out the groups in layers, and the nodes of each open group in layers inside it. The order of the groups depends on their
 * edges alone, never on which are open, so that opening one moves the others apart but not around.
 */
export function layoutCompound(request: LayoutRequest): Layout {
  const inner = layoutOpenGroups(request);
  const outer = layoutGroups(request, inner);
  return assembleLayout(request, inner, outer);
}

interface Inner {
  readonly members: readonly number[];
  readonly edges: readonly number[];
  readonly placed: Placed;
}

/** From so many nodes on, the layout trades a few crossings for time. */
const large = 3000;

function layoutOpenGroups(request: LayoutRequest): (Inner | undefined)[] {
  const members = Array.from({ length: request.groups }, (): number[] => []);
  const edges = Array.from({ length: request.groups }, (): number[] => []);
  const own = new Int32Array(request.nodes);
  for (let node = 0; node < request.nodes; node++) {
    const list = members[at(request.groupOf, node)];
    own[node] = list?.length ?? 0;
    list?.push(node);
  }
  for (let edge = 0; edge < request.from.length; edge++) {
    const group = at(request.groupOf, at(request.from, edge));
    if (group === at(request.groupOf, at(request.to, edge))) edges[group]?.push(edge);
  }
  const gaps = { ...innerGaps, isLarge: request.nodes > large };
  return members.map((nodes, group) => {
    if (!request.isOpen[group]) return undefined;
    const inside = edges[group] ?? [];
    const width = new Float64Array(nodes.length).fill(request.nodeWidth);
    const height = new Float64Array(nodes.length).fill(sizes.node.height);
    const from = Int32Array.from(inside, (edge) => at(own, at(request.from, edge)));
    const to = Int32Array.from(inside, (edge) => at(own, at(request.to, edge)));
    return { members: nodes, edges: inside, placed: layoutGraph(width, height, { from, to }, gaps) };
  });
}

interface Outer {
  readonly placed: Placed;
  readonly width: Float64Array;
  readonly height: Float64Array;
  /** The edge between two groups, by `from * groups + to`. */
  readonly edgeOf: ReadonlyMap<number, number>;
}

function layoutGroups(request: LayoutRequest, inner: readonly (Inner | undefined)[]): Outer {
  const edgeOf = new Map<number, number>();
  const from: number[] = [];
  const to: number[] = [];
  for (let edge = 0; edge < request.from.length; edge++) {
    const start = at(request.groupOf, at(request.from, edge));
    const end = at(request.groupOf, at(request.to, edge));
    const key = start * request.groups + end;
    if (start === end || edgeOf.has(key)) continue;
    edgeOf.set(key, from.length);
    from.push(start);
    to.push(end);
  }
  const width = new Float64Array(request.groups);
  const height = new Float64Array(request.groups);
  for (let group = 0; group < request.groups; group++) {
    const placed = inner[group]?.placed;
    width[group] = placed
      ? Math.max(placed.width + 2 * sizes.padding, sizes.closed.width)
      : sizes.closed.width;
    height[group] = placed ? placed.height + sizes.header + 2 * sizes.padding : sizes.closed.height;
  }
  const placed = layoutGraph(
    width,
    height,
    { from: Int32Array.from(from), to: Int32Array.from(to) },
    { ...outerGaps, aspect: request.aspect },
  );
  return { placed, width, height, edgeOf };
}

function assembleLayout(request: LayoutRequest, inner: readonly (Inner | undefined)[], outer: Outer): Layout {
  const boxes = request.nodes + request.groups;
  const x = new Float32Array(boxes);
  const y = new Float32Array(boxes);
  const width = new Float32Array(boxes);
  const height = new Float32Array(boxes);
  for (let group = 0; group < request.groups; group++) {
    const box = request.nodes + group;
    x[box] = at(outer.placed.x, group);
    y[box] = at(outer.placed.y, group);
    width[box] = at(outer.width, group);
    height[box] = at(outer.height, group);
    inner[group]?.members.forEach((node, index) => {
      x[node] = at(x, box) + sizes.padding + at(inner[group]?.placed.x ?? [], index);
      y[node] = at(y, box) + sizes.header + sizes.padding + at(inner[group]?.placed.y ?? [], index);
      width[node] = request.nodeWidth;
      height[node] = sizes.node.height;
    });
  }
  const edges = visibleEdges(request, inner, outer, x, y);
  return {
    nodes: request.nodes,
    groups: request.groups,
    x,
    y,
    width,
    height,
    isOpen: request.isOpen.slice(),
    ...edges,
    totalWidth: outer.placed.width,
    totalHeight: outer.placed.height,
  };
}

function visibleEdges(
  request: LayoutRequest,
  inner: readonly (Inner | undefined)[],
  outer: Outer,
  x: Float32Array,
  y: Float32Array,
): Pick<Layout, "from" | "to" | "routeStart" | "points"> {
  const from: number[] = [];
  const to: number[] = [];
  const routeStart = [0];
  const points: number[] = [];
  const boxes = request.nodes + request.groups;
  const boxOf = (node: number) => {
    const group = at(request.groupOf, node);
    return request.isOpen[group] ? node : request.nodes + group;
  };
  inner.forEach((each, group) => {
    if (!each) return;
    const left = at(x, request.nodes + group) + sizes.padding;
    const top = at(y, request.nodes + group) + sizes.header + sizes.padding;
    each.edges.forEach((edge, index) => {
      from.push(at(request.from, edge));
      to.push(at(request.to, edge));
      pushPoints(points, each.placed, index, left, top);
      routeStart.push(points.length / 2);
    });
  });
  const seen = new Set<number>();
  for (let edge = 0; edge < request.from.length; edge++) {
    const startGroup = at(request.groupOf, at(request.from, edge));
    const endGroup = at(request.groupOf, at(request.to, edge));
    if (startGroup === endGroup) continue;
    const start = boxOf(at(request.from, edge));
    const end = boxOf(at(request.to, edge));
    const key = start * boxes + end;
    if (seen.has(key)) continue;
    seen.add(key);
    from.push(start);
    to.push(end);
    const between = outer.edgeOf.get(startGroup * request.groups + endGroup);
    if (between !== undefined) pushPoints(points, outer.placed, between, 0, 0);
    routeStart.push(points.length / 2);
  }
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    routeStart: Int32Array.from(routeStart),
    points: Float32Array.from(points),
  };
}

function pushPoints(points: number[], placed: Placed, edge: number, left: number, top: number): void {
  for (let place = 2 * at(placed.routeStart, edge); place < 2 * at(placed.routeStart, edge + 1); place += 2) {
    points.push(at(placed.points, place) + left, at(placed.points, place + 1) + top);
  }
}

/** The layout moved so that the box lies where it lay before. */
export function anchored(layout: Layout, before: Layout, box: number): Layout {
  const dx = at(before.x, box) - at(layout.x, box);
  const dy = at(before.y, box) - at(layout.y, box);
  return {
    ...layout,
    x: layout.x.map((value) => value + dx),
    y: layout.y.map((value) => value + dy),
    points: layout.points.map((value, place) => value + (place % 2 === 0 ? dx : dy)),
  };
}
