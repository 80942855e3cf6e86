/** The selection with one row added, or without it. */
export function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

/**
 * The selection in which all rows from the one that was chosen last to this one stand like the former; undefined when that one is
 * not in the list any more.
 */
export function stretched(
  selected: ReadonlySet<string>,
  keys: readonly string[],
  last: string | undefined,
  key: string,
): Set<string> | undefined {
  const [one, other] = [last === undefined ? -1 : keys.indexOf(last), keys.indexOf(key)];
  if (last === undefined || one < 0 || other < 0) return undefined;
  const next = new Set(selected);
  for (const each of keys.slice(Math.min(one, other), Math.max(one, other) + 1)) {
    if (selected.has(last)) next.add(each);
    else next.delete(each);
  }
  return next;
}
