import { at } from "../graph";
import type { Layout } from "../layout/compound";
import { visibleArea } from "./camera";
import type { Picture } from "./draw";
import { farEdges } from "./far";
import type { Area } from "./spatial";

/** Below this scale edges are no thicker than hair and are left out. */
const leastScale = 0.05;
/** Below this scale a straight line looks like a curve. */
const curvedFrom = 0.16;

/** Draws the edges in view, those of the focused and hovered box last and stronger; `isWide` where that is most of them. */
export function drawEdges(
  context: CanvasRenderingContext2D,
  { layout, faces, marks, camera, size }: Picture,
  isWide: boolean,
): void {
  const area = visibleArea(camera, size);
  // From near as thin as a hair of the screen, so that boxes stand out and not what joins them.
  context.lineWidth = Math.min(1.4 / Math.max(1, camera.scale), Math.max(1.1, 0.55 / camera.scale));
  context.strokeStyle = faces.colours.edge;
  context.globalAlpha = camera.scale < curvedFrom ? 0.45 : 1;
  if (camera.scale >= leastScale) {
    if (isWide && camera.scale < curvedFrom) context.stroke(farEdges(layout));
    else strokeInView(context, layout, area, camera.scale);
  }
  context.globalAlpha = 1;
  const marked = [...edgesAt(layout, marks.focus), ...edgesAt(layout, marks.hover)];
  if (marked.length === 0) return;
  context.lineWidth = Math.max(1.6, 1.4 / camera.scale);
  context.strokeStyle = faces.colours.edgeStrong;
  context.beginPath();
  for (const edge of marked) trace(context, layout, edge, camera.scale);
  context.stroke();
}

function strokeInView(context: CanvasRenderingContext2D, layout: Layout, area: Area, scale: number): void {
  context.beginPath();
  for (let edge = 0; edge < layout.from.length; edge++)
    if (isInView(layout, edge, area)) trace(context, layout, edge, scale);
  context.stroke();
}

const found = new WeakMap<Layout, Map<number, readonly number[]>>();

/** The edges from and to the box; looked for once. */
function edgesAt(layout: Layout, box: number | undefined): readonly number[] {
  if (box === undefined) return [];
  const known = found.get(layout) ?? new Map<number, readonly number[]>();
  found.set(layout, known);
  const edges =
    known.get(box) ??
    Array.from(layout.from.keys()).filter((edge) => layout.from[edge] === box || layout.to[edge] === box);
  known.set(box, edges);
  return edges;
}

function isInView(layout: Layout, edge: number, area: Area): boolean {
  const from = at(layout.from, edge);
  const to = at(layout.to, edge);
  const startX = at(layout.x, from) + at(layout.width, from);
  const endX = at(layout.x, to);
  if (Math.max(startX, endX) < area.left || Math.min(startX, endX) > area.right) return false;
  // A bend may leave the box of its two ends; those few are drawn in any case.
  if (layout.routeStart[edge] !== layout.routeStart[edge + 1]) return true;
  const startY = at(layout.y, from);
  const endY = at(layout.y, to);
  return Math.max(startY, endY) + 80 >= area.top && Math.min(startY, endY) <= area.bottom;
}

function trace(context: CanvasRenderingContext2D, layout: Layout, edge: number, scale: number): void {
  const from = at(layout.from, edge);
  const to = at(layout.to, edge);
  const isForward = at(layout.x, from) <= at(layout.x, to);
  let x = at(layout.x, from) + (isForward ? at(layout.width, from) : 0);
  let y = at(layout.y, from) + portOf(layout, from);
  context.moveTo(x, y);
  for (let place = at(layout.routeStart, edge); place < at(layout.routeStart, edge + 1); place++) {
    const nextX = at(layout.points, 2 * place);
    const nextY = at(layout.points, 2 * place + 1);
    swing(context, x, y, nextX, nextY, scale);
    x = nextX;
    y = nextY;
  }
  swing(
    context,
    x,
    y,
    at(layout.x, to) + (isForward ? 0 : at(layout.width, to)),
    at(layout.y, to) + portOf(layout, to),
    scale,
  );
}

function portOf(layout: Layout, box: number): number {
  return at(layout.height, box) / 2;
}

function swing(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  toX: number,
  toY: number,
  scale: number,
): void {
  if (y === toY || scale < curvedFrom) {
    context.lineTo(toX, toY);
    return;
  }
  const half = (toX - x) / 2;
  context.bezierCurveTo(x + half, y, toX - half, toY, toX, toY);
}
