/**
 * How well the query fits the text: undefined for not at all, higher is better. Every word of the query must occur in order of
 * its letters; beginnings of words and unbroken runs count more.
 */
export function matchScore(query: string, text: string): number | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  let score = 0;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at >= 0) {
      const startsWord = at === 0 || /[^a-z0-9]/.test(lower[at - 1] ?? "");
      score += 100 + (startsWord ? 40 : 0) + (at === 0 ? 20 : 0);
      continue;
    }
    const loose = looseScore(word, lower);
    if (loose === undefined) return undefined;
    score += loose;
  }
  return score - Math.min(20, text.length / 10);
}

function looseScore(word: string, text: string): number | undefined {
  let place = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, place + 1);
    if (next < 0) return undefined;
    if (place >= 0) gaps += next - place - 1;
    place = next;
  }
  return gaps > word.length * 3 ? undefined : 40 - gaps;
}

/** The best matches first; without a query all of them in their order. */
export function bestMatches<Item>(
  items: readonly Item[],
  query: string,
  textOf: (item: Item) => string,
  limit: number,
): Item[] {
  if (query.trim() === "") return items.slice(0, limit);
  return items
    .flatMap((item) => {
      const score = matchScore(query, textOf(item));
      return score === undefined ? [] : [{ item, score }];
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
