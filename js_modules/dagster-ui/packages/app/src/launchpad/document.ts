import { type Document, isCollection, isMap, isNode, isScalar, parseDocument, YAMLMap, YAMLSeq } from "yaml";

/** What a scaffold writes where a text has to be given. */
export const placeholder = "...";

export type Path = readonly (string | number)[];

/** A text without any configuration. */
export const nothing = "{}\n";

/** Run configuration as it was read; `problem` says why the text cannot be. */
export interface Reading {
  readonly document: Document;
  readonly problem: { readonly message: string; readonly from: number; readonly to: number } | undefined;
}

export function read(text: string): Reading {
  const document = parseDocument(text, { prettyErrors: false });
  const error = document.errors[0];
  if (error) return { document, problem: { message: error.message, from: error.pos[0], to: error.pos[1] } };
  const root = document.contents;
  if (root === null || isMap(root) || (isScalar(root) && root.value === null))
    return { document, problem: undefined };
  const [from, to] = root.range ?? [0, text.length];
  const message = "Run configuration has sections, such as ops: and resources:";
  return { document, problem: { message, from, to } };
}

/** The plain value at the path; undefined when nothing stands there. */
export function valueAt(document: Document, path: Path): unknown {
  const found = nodeAt(document, path);
  return isNode(found) ? found.toJS(document) : (found ?? undefined);
}

function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    if (!isCollection(node)) return undefined;
    node = node.get(step, true);
  }
  return node;
}

/** The text with the value at the path; everything else, comments too, stays as it was. `undefined` takes the value out. */
export function withValue(text: string, path: Path, value: unknown): string {
  const { document, problem } = read(text);
  if (problem) return text;
  if (value === undefined) remove(document, path);
  else {
    openTowards(document, path);
    document.setIn(path, document.createNode(value));
  }
  return written(document);
}

/** Makes maps and lists where the path leads through nothing, and writes empty ones below each other instead of in braces. */
function openTowards(document: Document, path: Path): void {
  for (let length = 0; length < path.length; length++) {
    const prefix = path.slice(0, length);
    const node = nodeAt(document, prefix);
    if (isCollection(node)) {
      if (node.items.length === 0) node.flow = false;
      continue;
    }
    const opened = typeof path[length] === "number" ? new YAMLSeq() : new YAMLMap();
    if (length === 0) document.contents = opened;
    else document.setIn(prefix, opened);
  }
}

/** Takes out what stands at the path, and what held nothing else. */
function remove(document: Document, path: Path): void {
  if (nodeAt(document, path.slice(0, -1)) === undefined) return;
  for (let length = path.length; length > 0; length--) {
    document.deleteIn(path.slice(0, length));
    const around = nodeAt(document, path.slice(0, length - 1));
    if (isCollection(around) && around.items.length > 0) return;
  }
}

/** The text of a document. */
export function written(document: Document): string {
  const root = document.contents;
  if (root === null || (isCollection(root) && root.items.length === 0 && !document.commentBefore))
    return nothing;
  return document.toString({ lineWidth: 110 });
}

/** Where something at the path stands in the text: its key if it has one, else the nearest that is written around it. */
export function placeOf(document: Document, path: Path): { from: number; to: number } | undefined {
  let node: unknown = document.contents;
  let place: { from: number; to: number } | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) return place;
      place = rangeOf(pair.key) ?? place;
      node = pair.value;
    } else if (isCollection(node)) {
      node = node.get(step, true);
      place = rangeOf(node) ?? place;
    } else return place;
  }
  return place;
}

/** Where the value at the path stands in the text, if there is one. */
export function valuePlace(document: Document, path: Path): { from: number; to: number } | undefined {
  return rangeOf(nodeAt(document, path));
}

function rangeOf(node: unknown): { from: number; to: number } | undefined {
  if (!isNode(node) || !node.range) return undefined;
  return { from: node.range[0], to: node.range[1] };
}
