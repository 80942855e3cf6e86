import type { Path } from "./document";
import { type ConfigField, type ConfigTypes, fieldsOf, typeAt, typeOf, typeWords, usualType } from "./types";

/** Something that can be written at a position. */
export interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly info: string;
  /** What is written for it. */
  readonly text: string;
  readonly isRequired: boolean;
}

/** What can be written at a position, in place of what stands from `from` on. */
export interface Completion {
  readonly from: number;
  readonly offers: readonly Offer[];
}

interface Line {
  readonly indent: number;
  /** How many items of lists begin on this line. */
  readonly dashes: readonly number[];
  readonly key: string | undefined;
  readonly isBlank: boolean;
}

const linePattern = /^(\s*(?:- +)*)(?:("[^"]*"|'[^']*'|[^\s#:'"{}[\],][^:#]*?)\s*:(?=\s|$))?/;

function lineAt(text: string): Line {
  const [, lead = "", key] = linePattern.exec(text) ?? [];
  const dashes = [...lead.matchAll(/-/g)].map((found) => found.index);
  const isBlank = text.trim() === "" || text.trim().startsWith("#");
  return { indent: lead.length, dashes, key: key?.replace(/^["']|["']$/g, ""), isBlank };
}

/**
 * What fits at the position, by the indentation of the lines above: the text need not be whole, as it never is while one writes.
 * Nothing is offered inside braces.
 */
export function complete(text: string, offset: number, types: ConfigTypes): Completion | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/[{[#]/.test(before)) return undefined;
  const lines = text.split("\n").map(lineAt);
  const number = text.slice(0, start).split("\n").length - 1;
  const value = /^(\s*(?:- +)*)([^\s:#][^:#]*?)\s*:\s+([^\s]*)$/.exec(before);
  if (value) {
    const [, lead = "", key = "", typed = ""] = value;
    const path = [...pathTo(lines, number, lead.length), key.replace(/^["']|["']$/g, "")];
    return { from: offset - typed.length, offers: valueOffers(types, path) };
  }
  const writing = /^(\s*(?:- +)*)([\w.-]*)$/.exec(before);
  if (!writing) return undefined;
  const [, lead = "", typed = ""] = writing;
  const path = pathTo(lines, number, lead.length);
  const offers = [
    ...keyOffers(types, path, siblings(lines, number, lead.length), lead.length),
    ...(lead.trim().endsWith("-") ? valueOffers(types, path) : []),
  ];
  return { from: offset - typed.length, offers };
}

/** The path of what begins at the column on the line: the keys of the lines above that are indented less, and its place in lists. */
function pathTo(lines: readonly Line[], number: number, column: number): (string | number)[] {
  const path: (string | number)[] = [];
  let limit = column;
  for (let above = number; above >= 0 && limit >= 0; above--) {
    const line = lines[above];
    if (!line || (line.isBlank && above !== number)) continue;
    // The last dash before the column opens the list in which it stands.
    for (const dash of [...line.dashes].reverse()) {
      if (dash >= limit) continue;
      path.unshift(itemsBefore(lines, above, dash));
      limit = dash;
      // The key of a list may stand at the same column as its dashes.
      const owner = ownerOfList(lines, above, dash);
      if (owner === undefined) continue;
      path.unshift(lines[owner]?.key ?? "");
      return [...pathTo(lines, owner, lines[owner]?.indent ?? 0), ...path];
    }
    if (above !== number && line.key !== undefined && line.indent < limit) {
      path.unshift(line.key);
      limit = line.indent;
    }
  }
  return path;
}

function ownerOfList(lines: readonly Line[], number: number, dash: number): number | undefined {
  for (let above = number - 1; above >= 0; above--) {
    const line = lines[above];
    if (!line || line.isBlank || line.dashes.includes(dash) || line.indent > dash) continue;
    return line.key === undefined ? undefined : above;
  }
  return undefined;
}

function itemsBefore(lines: readonly Line[], number: number, dash: number): number {
  let count = 0;
  for (let above = number - 1; above >= 0; above--) {
    const line = lines[above];
    if (!line || line.isBlank || (line.indent > dash && !line.dashes.includes(dash))) continue;
    if (!line.dashes.includes(dash)) break;
    count++;
  }
  return count;
}

/** The keys beside the position: those of the same column up and down until a line is indented less. */
function siblings(lines: readonly Line[], number: number, column: number): Set<string> {
  const found = new Set<string>();
  const look = (step: 1 | -1) => {
    for (let index = number + step; index >= 0 && index < lines.length; index += step) {
      const line = lines[index];
      if (!line || line.isBlank) continue;
      if (line.indent < column) return;
      if (line.indent === column && line.key !== undefined) found.add(line.key);
      if (line.dashes.length > 0 && line.indent === column) return;
    }
  };
  look(-1);
  look(1);
  return found;
}

function keyOffers(types: ConfigTypes, path: Path, known: ReadonlySet<string>, column: number): Offer[] {
  const key = typeAt(types, path);
  const fields = key === undefined ? undefined : fieldsOf(types, key);
  if (!fields || (fields.kind === "selector" && known.size > 0)) return [];
  return fields.fields
    .filter((field) => !known.has(field.name))
    .map((field) => ({
      label: field.name,
      detail:
        field.isRequired && fields.kind === "shape"
          ? `${typeWords(types, field.type)}, required`
          : typeWords(types, field.type),
      info: field.description,
      text: `${field.name}:${afterKey(types, field, column)}`,
      isRequired: field.isRequired && fields.kind === "shape",
    }));
}

function afterKey(types: ConfigTypes, field: ConfigField, column: number): string {
  const type = usualType(types, field.type);
  const indent = `\n${" ".repeat(column + 2)}`;
  if (type.kind === "shape" || type.kind === "selector" || type.kind === "map") return indent;
  return type.kind === "list" ? `${indent}- ` : " ";
}

function valueOffers(types: ConfigTypes, path: Path): Offer[] {
  const key = typeAt(types, path);
  if (key === undefined) return [];
  const type = usualType(types, key);
  const words =
    type.kind === "enum"
      ? type.values
      : type.kind === "scalar" && type.name === "Bool"
        ? ["true", "false"]
        : [];
  const offered = typeOf(types, key).kind === "nullable" ? [...words, "null"] : words;
  return offered.map((word) => ({ label: word, detail: "", info: "", text: word, isRequired: false }));
}
