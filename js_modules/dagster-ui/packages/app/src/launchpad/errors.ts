import type { ConfigErrorFactsFragment } from "@dagster-ui/client/schema";
import { visit } from "yaml";
import { type Path, placeholder, placeOf, type Reading, valuePlace } from "./document";

/** What is wrong with the configuration, and where. */
export interface ConfigError {
  readonly message: string;
  /** What must be given at the path and is not. */
  readonly missing: readonly string[];
  readonly path: Path;
}

/** An error as the editor marks it: from one offset of the text to another. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  /** The number of its line, from 1. */
  readonly line: number;
  readonly message: string;
  /** Not wrong, but hardly meant. */
  readonly isWarning?: boolean;
}

export function configError(facts: ConfigErrorFactsFragment): ConfigError {
  const around: Path = facts.stack.entries.flatMap((entry): (string | number)[] => {
    if (entry.__typename === "EvaluationStackPathEntry") return [entry.fieldName];
    if (entry.__typename === "EvaluationStackListItemEntry") return [entry.listIndex];
    return [String(entry.mapKey)];
  });
  const at = around.length === 0 ? "at the top" : `in ${pathText(around)}`;
  switch (facts.__typename) {
    case "MissingFieldConfigError":
    case "MissingFieldsConfigError": {
      const fields = facts.__typename === "MissingFieldConfigError" ? [facts.field] : facts.fields;
      const missing = fields.map((field) => field.name);
      return { message: `Missing ${at}: ${missing.join(", ")}`, missing, path: around };
    }
    case "FieldNotDefinedConfigError":
      return {
        message: unexpected([facts.fieldName], at, facts.message),
        missing: [],
        path: [...around, facts.fieldName],
      };
    case "FieldsNotDefinedConfigError": {
      const first = facts.fieldNames[0];
      const path = first === undefined ? around : [...around, first];
      return { message: unexpected(facts.fieldNames, at, facts.message), missing: [], path };
    }
    default:
      return {
        message: facts.message.replace(/ at path root\S*?(?=[.\s]|$)/, ` ${at}`),
        missing: [],
        path: around,
      };
  }
}

function unexpected(names: readonly string[], at: string, message: string): string {
  const close = / Close: (.+?)\.?$/.exec(message)?.[1];
  const expected = /Expected: "([\s\S]*?)"\.?(?: Close: .+)?$/.exec(message)?.[1];
  const meant = close === undefined ? "" : ` Did you mean ${close.replaceAll("'", "")}?`;
  const known = expected === undefined ? "" : ` Expected ${expected}`;
  return `Unknown ${at}: ${names.join(", ")}.${meant}${known}`;
}

/** `ops.load.columns[2]`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** Where the editor marks each error: at the value that is wrong, at the key in which something is missing, else in the first line. */
export function marksOf(text: string, reading: Reading, errors: readonly ConfigError[]): Mark[] {
  const { problem, document } = reading;
  if (problem) return [markOf(text, problem, problem.message)];
  return errors
    .map((error) => {
      const isValue = error.missing.length === 0 && !error.message.startsWith("Unknown");
      const place =
        (isValue ? scalarPlace(text, valuePlace(document, error.path)) : undefined) ??
        placeOf(document, error.path);
      return markOf(text, place ?? firstLine(text), error.message);
    })
    .sort((one, other) => one.from - other.from);
}

/** Marks the values of a scaffold that nobody has replaced yet. */
export function placeholderMarks(text: string, reading: Reading): Mark[] {
  const marks: Mark[] = [];
  visit(reading.document, {
    Scalar: (key, node) => {
      if (key === "key" || node.value !== placeholder || !node.range) return;
      const [from, to] = node.range;
      marks.push({ ...markOf(text, { from, to }, "An example still: put a value here"), isWarning: true });
    },
  });
  return marks;
}

/** A value of one line is marked itself; a longer one is better told by its key. */
function scalarPlace(text: string, place: { from: number; to: number } | undefined) {
  return place && place.to > place.from && !text.slice(place.from, place.to).includes("\n")
    ? place
    : undefined;
}

function firstLine(text: string): { from: number; to: number } {
  const end = text.indexOf("\n");
  return { from: 0, to: end < 0 ? text.length : end };
}

function markOf(text: string, place: { from: number; to: number }, message: string): Mark {
  const from = Math.max(0, Math.min(place.from, text.length));
  const to = Math.max(from, Math.min(place.to, text.length));
  return { from, to, line: lineOf(text, from), message };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
