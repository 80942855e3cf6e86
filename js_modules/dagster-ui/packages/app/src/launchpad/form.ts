import type { Document } from "yaml";
import { type Path, placeholder, read, valueAt, withValue } from "./document";
import { type ConfigField, type ConfigTypes, fieldsOf, typeAt, typeOf, typeWords, usualType } from "./types";

/** How a value is given in the form. */
export type Control =
  | { readonly kind: "text" }
  | { readonly kind: "secret" }
  | { readonly kind: "number"; readonly isWhole: boolean }
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly options: readonly string[] }
  /** One value per line. */
  | { readonly kind: "lines"; readonly isNumeric: boolean }
  | { readonly kind: "section"; readonly fields: readonly ConfigField[] }
  /** Exactly one of the fields. */
  | { readonly kind: "selector"; readonly fields: readonly ConfigField[] }
  /** Anything that no other control fits: written as YAML. */
  | { readonly kind: "yaml" };

const plainScalars = ["String", "Path", "Int", "Float"];

export function controlOf(types: ConfigTypes, field: ConfigField): Control {
  const type = usualType(types, field.type);
  switch (type.kind) {
    case "scalar":
      if (type.name === "Bool") return { kind: "switch" };
      if (type.name === "Int" || type.name === "Float")
        return { kind: "number", isWhole: type.name === "Int" };
      if (type.name === "String" || type.name === "Path") return { kind: field.isSecret ? "secret" : "text" };
      return { kind: "yaml" };
    case "enum":
      return { kind: "choice", options: type.values };
    case "list": {
      const item = typeOf(types, type.item);
      if (item.kind !== "scalar" || !plainScalars.includes(item.name)) return { kind: "yaml" };
      return { kind: "lines", isNumeric: item.name === "Int" || item.name === "Float" };
    }
    case "shape":
      return type.fields.length === 0 || type.isOpen
        ? { kind: "yaml" }
        : { kind: "section", fields: inOrder(type.fields) };
    case "selector":
      return { kind: "selector", fields: type.fields };
    default:
      return { kind: "yaml" };
  }
}

/** A part of the form: what one op, one resource or the execution of the run is configured with. */
export interface Section {
  readonly path: Path;
  /** `load`, `one_file.trips_of`, `warehouse`, `execution`. */
  readonly title: string;
  readonly kind: "op" | "resource" | "input" | "other";
  readonly description: string;
  readonly isRequired: boolean;
  /** What it holds; a single field when its configuration is one plain value. */
  readonly fields: readonly ConfigField[];
  /** How many leading steps of a field's path belong to the section; the field's name follows. */
  readonly isSingle: boolean;
}

/** The sections of the form in the order of the job: ops and resources that can be configured, then the rest. */
export function sectionsOf(types: ConfigTypes): Section[] {
  const root = fieldsOf(types, types.root);
  if (!root) return [];
  return root.fields
    .flatMap((field): Section[] => {
      if (field.name === "ops") return opSections(types, ["ops"], field, "");
      if (field.name === "resources") return resourceSections(types, field);
      return section(types, [field.name], field, field.name, field.name === "inputs" ? "input" : "other");
    })
    .sort((one, other) => rank[one.kind] - rank[other.kind]);
}

const rank = { op: 0, input: 1, resource: 2, other: 3 };

function opSections(types: ConfigTypes, path: Path, ops: ConfigField, prefix: string): Section[] {
  return (fieldsOf(types, ops.type)?.fields ?? []).flatMap((op) => {
    const title = `${prefix}${op.name}`;
    const parts = fieldsOf(types, op.type)?.fields ?? [];
    return parts.flatMap((part) => {
      const at = [...path, op.name, part.name];
      if (part.name === "ops") return opSections(types, at, part, `${title}.`);
      if (part.name === "config") return section(types, at, part, title, "op");
      if (part.name === "inputs" && part.isRequired) return section(types, at, part, title, "input");
      return [];
    });
  });
}

function resourceSections(types: ConfigTypes, resources: ConfigField): Section[] {
  return (fieldsOf(types, resources.type)?.fields ?? []).flatMap((resource) => {
    const config = fieldsOf(types, resource.type)?.fields.find((field) => field.name === "config");
    if (!config) return [];
    return section(types, ["resources", resource.name, "config"], config, resource.name, "resource");
  });
}

function section(
  types: ConfigTypes,
  path: Path,
  field: ConfigField,
  title: string,
  kind: Section["kind"],
): Section[] {
  const type = usualType(types, field.type);
  // What takes anything and needs nothing was never given a schema: there is nothing to ask for.
  if (type.kind === "scalar" && type.name === "Any" && !field.isRequired) return [];
  if (type.kind === "shape" && type.fields.length === 0 && !type.isOpen) return [];
  const isSingle = !(type.kind === "shape" && !type.isOpen);
  const fields = isSingle ? [field] : inOrder(type.fields);
  const description = type.kind === "shape" && type.description !== "" ? type.description : field.description;
  return [{ path, title, kind, description, isRequired: field.isRequired, fields, isSingle }];
}

/** What has to be given comes first. */
function inOrder(fields: readonly ConfigField[]): ConfigField[] {
  return [...fields].sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

/** The path of a field of a section. */
export function pathOf(section: Section, field: ConfigField): Path {
  return section.isSingle ? section.path : [...section.path, field.name];
}

/** The default as the form shows it behind an empty field. */
export function defaultText(field: ConfigField): string {
  if (field.defaultJson === undefined) return "";
  try {
    const value: unknown = JSON.parse(field.defaultJson);
    return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
  } catch {
    return field.defaultJson;
  }
}

/** What was typed as the value that is written, or undefined for nothing; a text that names an environment variable stays one. */
export function typedValue(control: Control, typed: string): unknown {
  if (typed === "") return undefined;
  if (control.kind === "number") {
    const number = Number(typed);
    return Number.isFinite(number) && typed.trim() !== "" ? number : typed;
  }
  if (control.kind === "lines") {
    const lines = typed.split("\n").filter((line) => line.trim() !== "");
    if (lines.length === 0) return undefined;
    return control.isNumeric
      ? lines.map((line) => (Number.isFinite(Number(line)) ? Number(line) : line))
      : lines;
  }
  return typed;
}

/** A value as its control shows it. */
export function shownValue(control: Control, value: unknown): string {
  if (value === undefined || value === null || value === placeholder) return "";
  if (control.kind === "lines" && Array.isArray(value)) return value.map(String).join("\n");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** Whether the value is written as another thing than the control gives, such as `{env: NAME}`; it is then shown as YAML. */
export function fitsControl(control: Control, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (control.kind === "section" || control.kind === "selector" || control.kind === "yaml") return true;
  if (control.kind === "lines")
    return Array.isArray(value) && value.every((each) => typeof each !== "object");
  if (control.kind === "switch") return typeof value === "boolean";
  return typeof value !== "object";
}

/** The field of a selector that is chosen. */
export function chosenField(
  document: Document,
  path: Path,
  fields: readonly ConfigField[],
): string | undefined {
  const value = valueAt(document, path);
  if (typeof value === "string") return fields.find((field) => field.name === value)?.name;
  if (typeof value !== "object" || value === null) return undefined;
  return fields.find((field) => field.name in value)?.name;
}

/** The text with everything of the scaffold that is not there yet; where one of several was chosen, the choice stays. */
export function withMissing(text: string, scaffold: string, types: ConfigTypes): string {
  const wanted: unknown = valueAt(read(scaffold).document, []);
  return addMissing(text, [], wanted, types);
}

function addMissing(text: string, path: Path, wanted: unknown, types: ConfigTypes): string {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) return text;
  const there: unknown = valueAt(read(text).document, path);
  const key = typeAt(types, path);
  const isSelector = key !== undefined && usualType(types, key).kind === "selector";
  if (isSelector && there !== undefined && there !== null) return text;
  let result = text;
  for (const [name, value] of Object.entries(wanted)) {
    const at = [...path, name];
    const known = valueAt(read(result).document, at);
    result =
      known === undefined || known === null
        ? withValue(result, at, value)
        : addMissing(result, at, value, types);
  }
  return result;
}

/** What the type is called beside the name of a field; that it may be left out is seen by its not being required. */
export function fieldWords(types: ConfigTypes, field: ConfigField): string {
  const type = typeOf(types, field.type);
  return typeWords(types, type.kind === "nullable" ? type.inner : field.type);
}
