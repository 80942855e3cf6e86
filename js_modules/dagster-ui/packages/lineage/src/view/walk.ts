import { at } from "../graph";
import type { Layout } from "../layout/compound";

export type Direction = "left" | "right" | "up" | "down";

/**
 * The box that an arrow key leads to: left and right follow the edges, up and down go to the next box above or below in the same
 * column. Undefined when there is none.
 */
export function walk(layout: Layout, box: number, direction: Direction): number | undefined {
  if (direction === "left") return nearest(layout, box, neighbours(layout, box, layout.to, layout.from));
  if (direction === "right") return nearest(layout, box, neighbours(layout, box, layout.from, layout.to));
  return beside(layout, box, direction === "up" ? -1 : 1);
}

function neighbours(layout: Layout, box: number, near: Int32Array, far: Int32Array): number[] {
  const found: number[] = [];
  for (let edge = 0; edge < layout.from.length; edge++) if (near[edge] === box) found.push(at(far, edge));
  return found;
}

function nearest(layout: Layout, box: number, candidates: readonly number[]): number | undefined {
  const middle = middleOf(layout, box);
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = Math.abs(middleOf(layout, candidate) - middle);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

function beside(layout: Layout, box: number, sign: number): number | undefined {
  const left = at(layout.x, box);
  const right = left + at(layout.width, box);
  const middle = middleOf(layout, box);
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < layout.x.length; other++) {
    const isDrawn = at(layout.width, other) > 0 && other !== box;
    const isOpenGroup = other >= layout.nodes && layout.isOpen[other - layout.nodes] === 1;
    if (!isDrawn || isOpenGroup) continue;
    const overlaps = at(layout.x, other) < right && at(layout.x, other) + at(layout.width, other) > left;
    const distance = (middleOf(layout, other) - middle) * sign;
    if (!overlaps || distance <= 0 || distance >= least) continue;
    least = distance;
    best = other;
  }
  return best;
}

function middleOf(layout: Layout, box: number): number {
  return at(layout.y, box) + at(layout.height, box) / 2;
}

/** The box to begin with: the first in reading order. */
export function firstBox(layout: Layout): number | undefined {
  let best: number | undefined;
  for (let box = 0; box < layout.x.length; box++) {
    const isOpenGroup = box >= layout.nodes && layout.isOpen[box - layout.nodes] === 1;
    if (at(layout.width, box) === 0 || isOpenGroup) continue;
    if (best === undefined || readsBefore(layout, box, best)) best = box;
  }
  return best;
}

function readsBefore(layout: Layout, one: number, other: number): boolean {
  const dx = at(layout.x, one) - at(layout.x, other);
  return dx < 0 || (dx === 0 && at(layout.y, one) < at(layout.y, other));
}
