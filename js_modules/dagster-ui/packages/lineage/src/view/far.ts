import { at } from "../graph";
import type { Layout } from "../layout/compound";
import type { Faces } from "./faces";

const edges = new WeakMap<Layout, Path2D>();

/** All edges as straight lines: how they look from afar. Made once per layout, because a path of many thousand lines is dear. */
export function farEdges(layout: Layout): Path2D {
  const known = edges.get(layout);
  if (known) return known;
  const path = new Path2D();
  for (let edge = 0; edge < layout.from.length; edge++) {
    const from = at(layout.from, edge);
    const to = at(layout.to, edge);
    const isForward = at(layout.x, from) <= at(layout.x, to);
    path.moveTo(
      at(layout.x, from) + (isForward ? at(layout.width, from) : 0),
      at(layout.y, from) + at(layout.height, from) / 2,
    );
    for (let place = at(layout.routeStart, edge); place < at(layout.routeStart, edge + 1); place++)
      path.lineTo(at(layout.points, 2 * place), at(layout.points, 2 * place + 1));
    path.lineTo(
      at(layout.x, to) + (isForward ? 0 : at(layout.width, to)),
      at(layout.y, to) + at(layout.height, to) / 2,
    );
  }
  edges.set(layout, path);
  return path;
}

const tiles = new WeakMap<Layout, { faces: Faces; byColour: Map<string, Path2D> }>();

/** All nodes as tiles, one path per colour; made anew when their looks change. */
export function farTiles(layout: Layout, faces: Faces): ReadonlyMap<string, Path2D> {
  const known = tiles.get(layout);
  if (known?.faces === faces) return known.byColour;
  const byColour = new Map<string, Path2D>();
  for (let node = 0; node < layout.nodes; node++) {
    if (layout.width[node] === 0) continue;
    const { tile } = faces.node(node);
    const path = byColour.get(tile) ?? new Path2D();
    byColour.set(tile, path);
    path.rect(at(layout.x, node), at(layout.y, node), at(layout.width, node), at(layout.height, node));
  }
  tiles.set(layout, { faces, byColour });
  return byColour;
}
