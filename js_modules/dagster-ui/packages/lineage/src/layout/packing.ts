import { at } from "../graph";
import { componentsOf, type Edges } from "./edges";
import { type Gaps, layered, type Placed } from "./layered";

/**
 * Lays out any graph: each connected part in layers, the parts below and beside each other, and what has no edge in a grid at the
 * end.
 */
export function layoutGraph(width: Float64Array, height: Float64Array, edges: Edges, gaps: Gaps): Placed {
  const count = width.length;
  const { componentOf, components } = componentsOf(count, edges);
  if (components === 1 && count > 1) return layered(width, height, edges, gaps);
  const parts = partsOf(componentOf, components, edges);
  const lone = parts.filter((part) => part.vertices.length === 1 && part.edges.length === 0);
  const boxes: Box[] = parts
    .filter((part) => !lone.includes(part))
    .map((part) => boxOf(part, width, height, edges, gaps));
  // What is of one size looks best in a grid; in cells as large as the largest, smaller ones would stand lost.
  const isUniform = isOfOneSize(
    lone.flatMap((part) => part.vertices),
    width,
    height,
  );
  if (!isUniform) boxes.push(...lone.map((part) => boxOf(part, width, height, edges, gaps)));
  boxes.sort((one, other) => other.placed.height * other.placed.width - one.placed.height * one.placed.width);
  if (isUniform && lone.length > 0)
    boxes.push(
      gridOf(
        lone.flatMap((part) => part.vertices),
        width,
        height,
        gaps,
      ),
    );
  return pack(boxes, count, edges.from.length, gaps);
}

function isOfOneSize(vertices: readonly number[], width: Float64Array, height: Float64Array): boolean {
  const [first = 0] = vertices;
  return vertices.every(
    (vertex) => at(width, vertex) === at(width, first) && at(height, vertex) === at(height, first),
  );
}

interface Part {
  readonly vertices: number[];
  readonly edges: number[];
}

interface Box {
  readonly vertices: readonly number[];
  readonly edges: readonly number[];
  readonly placed: Placed;
}

function partsOf(componentOf: Int32Array, components: number, edges: Edges): Part[] {
  const parts = Array.from({ length: components }, (): Part => ({ vertices: [], edges: [] }));
  for (const [vertex, component] of componentOf.entries()) parts[component]?.vertices.push(vertex);
  for (const [edge, vertex] of edges.from.entries()) parts[at(componentOf, vertex)]?.edges.push(edge);
  return parts;
}

function boxOf(part: Part, width: Float64Array, height: Float64Array, edges: Edges, gaps: Gaps): Box {
  const own = new Map(part.vertices.map((vertex, index) => [vertex, index]));
  const inner: Edges = {
    from: Int32Array.from(part.edges, (edge) => own.get(at(edges.from, edge)) ?? 0),
    to: Int32Array.from(part.edges, (edge) => own.get(at(edges.to, edge)) ?? 0),
  };
  const pick = (values: Float64Array) => Float64Array.from(part.vertices, (vertex) => at(values, vertex));
  return { ...part, placed: layered(pick(width), pick(height), inner, gaps) };
}

function gridOf(vertices: readonly number[], width: Float64Array, height: Float64Array, gaps: Gaps): Box {
  const widest = vertices.reduce((most, vertex) => Math.max(most, at(width, vertex)), 0);
  const highest = vertices.reduce((most, vertex) => Math.max(most, at(height, vertex)), 0);
  const cell = { width: widest + gaps.across, height: highest + gaps.across };
  const columns = Math.max(
    1,
    Math.ceil(Math.sqrt((vertices.length * cell.height * gaps.aspect) / cell.width)),
  );
  const rows = Math.ceil(vertices.length / columns);
  const placed: Placed = {
    x: Float64Array.from(vertices, (_, index) => (index % columns) * cell.width),
    y: Float64Array.from(vertices, (_, index) => Math.floor(index / columns) * cell.height),
    width: Math.min(columns, vertices.length) * cell.width - gaps.across,
    height: rows * cell.height - gaps.across,
    routeStart: new Int32Array(1),
    points: new Float64Array(0),
  };
  return { vertices, edges: [], placed };
}

/** The widths that are tried, as multiples of the side that the area asks for. */
const triedWidths = [0.8, 0.9, 1, 1.1, 1.25, 1.45];

/** Packs the boxes so that the whole is as near to the wanted shape as one of a few widths brings it. */
function pack(boxes: readonly Box[], count: number, edgeCount: number, gaps: Gaps): Placed {
  const area = boxes.reduce(
    (sum, box) => sum + (box.placed.width + gaps.along) * (box.placed.height + gaps.along),
    0,
  );
  const widest = boxes.reduce((most, box) => Math.max(most, box.placed.width), 0);
  const side = Math.sqrt(area * gaps.aspect);
  const best = triedWidths
    .map((share) => packed(boxes, Math.max(widest, side * share), gaps.along))
    .reduce((one, other) => (extentOf(other, gaps) < extentOf(one, gaps) ? other : one));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const routes: (readonly number[])[] = Array.from({ length: edgeCount }, () => []);
  boxes.forEach((box, index) => {
    put(box, at(best.left, index), at(best.top, index), x, y, routes);
  });
  return { x, y, width: best.width, height: best.height, ...flatRoutes(routes) };
}

interface Packed {
  readonly left: Float64Array;
  readonly top: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** How far the whole has to be seen from: the larger of both sides, measured by the wanted shape. */
function extentOf({ width, height }: Packed, gaps: Gaps): number {
  return Math.max(width / gaps.aspect, height);
}

/** What lies above is a skyline of stretches from left to right; each box goes where it comes to lie highest. */
function packed(boxes: readonly Box[], limit: number, gap: number): Packed {
  const left = new Float64Array(boxes.length);
  const top = new Float64Array(boxes.length);
  let skyline: readonly Stretch[] = [{ from: 0, to: limit + gap, depth: 0 }];
  let width = 0;
  let height = 0;
  boxes.forEach(({ placed }, index) => {
    const room = placed.width + gap;
    let best: { from: number; depth: number } | undefined;
    for (const { from } of skyline) {
      if (from + room > limit + gap + 0.001) break;
      const depth = depthOf(skyline, from, from + room);
      if (!best || depth < best.depth) best = { from, depth };
    }
    const { from, depth } = best ?? { from: 0, depth: height + gap };
    left[index] = from;
    top[index] = depth;
    width = Math.max(width, from + placed.width);
    height = Math.max(height, depth + placed.height);
    skyline = covered(skyline, { from, to: from + room, depth: depth + placed.height + gap });
  });
  return { left, top, width, height };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

function depthOf(skyline: readonly Stretch[], from: number, to: number): number {
  let depth = 0;
  for (const each of skyline) if (each.from < to && each.to > from) depth = Math.max(depth, each.depth);
  return depth;
}

function covered(skyline: readonly Stretch[], by: Stretch): Stretch[] {
  const before = skyline.filter((each) => each.from < by.from);
  const after = skyline.filter((each) => each.to > by.to);
  return [
    ...before.map((each) => ({ ...each, to: Math.min(each.to, by.from) })),
    by,
    ...after.map((each) => ({ ...each, from: Math.max(each.from, by.to) })),
  ];
}

function put(
  box: Box,
  left: number,
  top: number,
  x: Float64Array,
  y: Float64Array,
  routes: (readonly number[])[],
): void {
  const { placed } = box;
  box.vertices.forEach((vertex, index) => {
    x[vertex] = at(placed.x, index) + left;
    y[vertex] = at(placed.y, index) + top;
  });
  box.edges.forEach((edge, index) => {
    const own = placed.points.subarray(
      2 * at(placed.routeStart, index),
      2 * at(placed.routeStart, index + 1),
    );
    routes[edge] = Array.from(own, (value, place) => value + (place % 2 === 0 ? left : top));
  });
}

function flatRoutes(routes: readonly (readonly number[])[]): {
  routeStart: Int32Array;
  points: Float64Array;
} {
  const routeStart = new Int32Array(routes.length + 1);
  routes.forEach((route, edge) => {
    routeStart[edge + 1] = at(routeStart, edge) + route.length / 2;
  });
  return { routeStart, points: Float64Array.from(routes.flat()) };
}
