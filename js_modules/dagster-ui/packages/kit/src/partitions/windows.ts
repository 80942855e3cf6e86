import type { Stretch } from "./stretches";

const fewest = 24;

/** The window after zooming by the factor around a place, which keeps where it lies; never beyond 0 and the count. */
export function zoomed([start, end]: Stretch, factor: number, place: number, count: number): Stretch {
  const length = Math.min(count, Math.max(Math.min(fewest, count), Math.round((end - start) * factor)));
  const share = end > start ? Math.max(0, Math.min(1, (place - start) / (end - start))) : 0.5;
  const first = Math.max(0, Math.min(count - length, Math.round(place - share * length)));
  return [first, first + length];
}
