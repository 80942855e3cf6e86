import { at } from "../graph";
import type { Layout } from "../layout/compound";

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes that were found. */
export interface Found {
  readonly nodes: readonly number[];
  readonly groups: readonly number[];
}

/** Finds boxes by where they lie: a grid of cells, each with the boxes that touch it. */
export interface SpatialIndex {
  readonly within: (area: Area) => Found;
  /** The uppermost box at the point: a node before the group that holds it. */
  readonly hit: (x: number, y: number) => number | undefined;
}

const cellSize = 640;

export function makeSpatialIndex(layout: Layout): SpatialIndex {
  const cells = new Map<number, number[]>();
  const stride = 1 << 20;
  const cellOf = (column: number, row: number) => column * stride + row + (stride >> 1);
  for (let box = 0; box < layout.x.length; box++) {
    if (layout.width[box] === 0) continue;
    for (const cell of cellsOf(boxArea(layout, box))) {
      const key = cellOf(cell[0], cell[1]);
      const list = cells.get(key);
      if (list) list.push(box);
      else cells.set(key, [box]);
    }
  }
  const all: { nodes: number[]; groups: number[] } = { nodes: [], groups: [] };
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let box = 0; box < layout.x.length; box++) {
    if (layout.width[box] === 0) continue;
    (box < layout.nodes ? all.nodes : all.groups).push(box);
    const { left, top, right, bottom } = boxArea(layout, box);
    bounds.left = Math.min(bounds.left, left);
    bounds.top = Math.min(bounds.top, top);
    bounds.right = Math.max(bounds.right, right);
    bounds.bottom = Math.max(bounds.bottom, bottom);
  }
  const seen = new Uint32Array(layout.x.length);
  let round = 0;
  const within = (area: Area) => {
    if (contains(area, bounds)) return all;
    round++;
    const nodes: number[] = [];
    const groups: number[] = [];
    for (const [column, row] of cellsOf(common(area, bounds))) {
      for (const box of cells.get(cellOf(column, row)) ?? []) {
        if (seen[box] === round) continue;
        seen[box] = round;
        if (isWithin(layout, box, area)) (box < layout.nodes ? nodes : groups).push(box);
      }
    }
    return { nodes, groups };
  };
  const hit = (x: number, y: number) => {
    const { nodes, groups } = within({ left: x, top: y, right: x, bottom: y });
    return nodes[0] ?? groups[0];
  };
  return { within, hit };
}

export function boxArea(layout: Layout, box: number): Area {
  const left = at(layout.x, box);
  const top = at(layout.y, box);
  return { left, top, right: left + at(layout.width, box), bottom: top + at(layout.height, box) };
}

// As `touches`, without making an area: asked ten thousand times per frame.
function isWithin(layout: Layout, box: number, area: Area): boolean {
  const left = at(layout.x, box);
  const top = at(layout.y, box);
  return (
    left <= area.right &&
    top <= area.bottom &&
    left + at(layout.width, box) >= area.left &&
    top + at(layout.height, box) >= area.top
  );
}

/** What lies in both: nothing when its right side is left of its left one. */
function common(one: Area, other: Area): Area {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

function contains(one: Area, other: Area): boolean {
  return (
    one.left <= other.left && one.top <= other.top && one.right >= other.right && one.bottom >= other.bottom
  );
}

/** Whether two areas have a point in common. */
export function touches(one: Area, other: Area): boolean {
  return (
    one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top
  );
}

function* cellsOf(area: Area): Generator<readonly [number, number]> {
  const last = Math.floor(area.right / cellSize);
  const lowest = Math.floor(area.bottom / cellSize);
  for (let column = Math.floor(area.left / cellSize); column <= last; column++) {
    for (let row = Math.floor(area.top / cellSize); row <= lowest; row++) yield [column, row];
  }
}
