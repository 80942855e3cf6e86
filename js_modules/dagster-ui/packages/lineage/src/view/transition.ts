import { at } from "../graph";
import type { Layout } from "../layout/compound";

const mostBlended = 1500;

/** Whether gliding helps the eye and costs little: the same boxes, and not too many of them. */
export function isWorthBlending(from: Layout, to: Layout): boolean {
  return from.nodes === to.nodes && from.groups === to.groups && to.from.length < mostBlended;
}

/**
 * The layout on the way from one to the other, 0 to 1. What is drawn in both glides; what appears stands at its place at once. The
 * points of bends belong to the new layout.
 */
export function blend(from: Layout, to: Layout, share: number): Layout {
  const eased = 1 - (1 - share) ** 3;
  const mix = (before: Float32Array, after: Float32Array) =>
    after.map((value, box) => {
      const isInBoth = at(from.width, box) > 0 && at(to.width, box) > 0;
      return isInBoth ? at(before, box) + (value - at(before, box)) * eased : value;
    });
  return {
    ...to,
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}
