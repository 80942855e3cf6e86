/** The text of a key press as bindings write it: `mod+k`, `shift+enter`, `?`. */
export function pressed(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string {
  const key =
    names[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase());
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  // Shift is part of the character itself in `?`; it counts with letters and named keys.
  if (event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key))) parts.push("shift");
  return [...parts, key].join("+");
}

const names: Record<string, string> = {
  " ": "space",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** What a press means after the presses before it: a binding, the beginning of one, or nothing. */
export function resolveKeys(
  bindings: readonly string[],
  before: string,
  press: string,
): { found: string | undefined; pending: string } {
  const sequence = before === "" ? press : `${before} ${press}`;
  if (bindings.includes(sequence)) return { found: sequence, pending: "" };
  if (bindings.some((each) => each.startsWith(`${sequence} `)))
    return { found: undefined, pending: sequence };
  return before === "" ? { found: undefined, pending: "" } : resolveKeys(bindings, "", press);
}

/** Whether the press belongs to what the user writes into, and is no command. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
