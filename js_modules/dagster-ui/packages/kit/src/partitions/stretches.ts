/** Places from the first up to, not including, the second. */
export type Stretch = readonly [start: number, end: number];

/** The same places as sorted stretches that neither touch nor overlap. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.filter(([start, end]) => end > start).sort((one, other) => one[0] - other[0]);
  const result: Stretch[] = [];
  for (const [start, end] of sorted) {
    const last = result.at(-1);
    if (last && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)];
    else result.push([start, end]);
  }
  return result;
}

/** How many places there are in sorted stretches. */
export function countOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** The places of the first that are not in the second; both sorted. */
export function without(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let next = 0;
  for (const [start, end] of stretches) {
    let at = start;
    while (next < taken.length && (taken[next]?.[1] ?? 0) <= start) next += 1;
    for (let each = next; each < taken.length; each++) {
      const [from, to] = taken[each] ?? [0, 0];
      if (from >= end) break;
      if (from > at) result.push([at, from]);
      at = Math.max(at, to);
    }
    if (at < end) result.push([at, end]);
  }
  return result;
}

/** The places that are in both; both sorted. */
export function common(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let next = 0;
  for (const [start, end] of some) {
    while (next < others.length && (others[next]?.[1] ?? 0) <= start) next += 1;
    for (let each = next; each < others.length; each++) {
      const [from, to] = others[each] ?? [0, 0];
      if (from >= end) break;
      result.push([Math.max(start, from), Math.min(end, to)]);
    }
  }
  return result;
}

/** How many places of sorted stretches lie in one more. */
export function countWithin(stretches: readonly Stretch[], start: number, end: number): number {
  let count = 0;
  for (let each = firstEndingAfter(stretches, start); each < stretches.length; each++) {
    const [from, to] = stretches[each] ?? [0, 0];
    if (from >= end) break;
    count += Math.min(to, end) - Math.max(from, start);
  }
  return count;
}

/** With the stretch added, or taken away when all of it was there. */
export function toggled(stretches: readonly Stretch[], stretch: Stretch): Stretch[] {
  const isAllThere = countWithin(stretches, ...stretch) === stretch[1] - stretch[0];
  return isAllThere ? without(stretches, [stretch]) : joined([...stretches, stretch]);
}

function firstEndingAfter(stretches: readonly Stretch[], place: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.[1] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
