import type { ConfigTypeFactsFragment } from "@dagster-ui/client/schema";

/** A field of a shape or of a selector. */
export interface ConfigField {
  readonly name: string;
  readonly description: string;
  /** The key of its type. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  readonly defaultJson: string | undefined;
}

/** A type of run configuration; other types are named by their keys. */
export type ConfigType =
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | {
      readonly kind: "shape";
      readonly fields: readonly ConfigField[];
      readonly description: string;
      /** Whether other fields may stand there too. */
      readonly isOpen: boolean;
    }
  /** Exactly one of the fields. */
  | { readonly kind: "selector"; readonly fields: readonly ConfigField[] }
  | { readonly kind: "list"; readonly item: string }
  | { readonly kind: "map"; readonly keyLabel: string; readonly value: string }
  | { readonly kind: "nullable"; readonly inner: string }
  /** A plain value, or something with fields such as `{env: NAME}`. */
  | { readonly kind: "either"; readonly plain: string; readonly other: string };

/** What a run may be configured with. */
export interface ConfigTypes {
  readonly root: string;
  readonly byKey: ReadonlyMap<string, ConfigType>;
}

export const anything: ConfigType = { kind: "scalar", name: "Any" };

export function configTypes(root: string, facts: readonly ConfigTypeFactsFragment[]): ConfigTypes {
  return { root, byKey: new Map(facts.map((each) => [each.key, configType(each)])) };
}

function configType(facts: ConfigTypeFactsFragment): ConfigType {
  const [first = "Any", second = "Any"] = facts.typeParamKeys;
  switch (facts.__typename) {
    case "RegularConfigType":
      return { kind: "scalar", name: facts.givenName };
    case "EnumConfigType":
      return { kind: "enum", values: facts.values.map((each) => each.value) };
    case "ArrayConfigType":
      return { kind: "list", item: first };
    case "NullableConfigType":
      return { kind: "nullable", inner: first };
    case "MapConfigType":
      return { kind: "map", keyLabel: facts.keyLabelName ?? "key", value: second };
    case "ScalarUnionConfigType":
      return { kind: "either", plain: facts.scalarTypeKey, other: facts.nonScalarTypeKey };
    case "CompositeConfigType": {
      const fields = facts.fields.map((field) => ({
        name: field.name,
        description: plainText(field.description),
        type: field.configTypeKey,
        isRequired: field.isRequired,
        isSecret: field.isSecret,
        defaultJson: field.defaultValueAsJson ?? undefined,
      }));
      if (facts.isSelector) return { kind: "selector", fields };
      const isOpen = facts.key.startsWith("Permissive");
      return { kind: "shape", fields, isOpen, description: plainText(facts.description) };
    }
    default:
      return anything;
  }
}

/** The first paragraph of a docstring on one line. */
function plainText(text: string | null): string {
  return (
    (text ?? "")
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s+/g, " ") ?? ""
  );
}

export function typeOf(types: ConfigTypes, key: string): ConfigType {
  return types.byKey.get(key) ?? anything;
}

/** The type without what allows null or an environment variable in its place: what one usually writes. */
export function usualType(types: ConfigTypes, key: string): ConfigType {
  const type = typeOf(types, key);
  if (type.kind === "nullable") return usualType(types, type.inner);
  if (type.kind === "either") return usualType(types, type.plain);
  return type;
}

/** Something with fields that may stand in the place of the type, if anything may. */
export function fieldsOf(
  types: ConfigTypes,
  key: string,
): Extract<ConfigType, { kind: "shape" | "selector" }> | undefined {
  const type = typeOf(types, key);
  if (type.kind === "nullable") return fieldsOf(types, type.inner);
  if (type.kind === "either") return fieldsOf(types, type.other);
  return type.kind === "shape" || type.kind === "selector" ? type : undefined;
}

/** The key of the type of what stands at the path, or undefined where nothing is expected. */
export function typeAt(types: ConfigTypes, path: readonly (string | number)[]): string | undefined {
  let key: string | undefined = types.root;
  for (const step of path) {
    if (key === undefined) return undefined;
    key = stepInto(types, key, step);
  }
  return key;
}

function stepInto(types: ConfigTypes, key: string, step: string | number): string | undefined {
  const type = typeOf(types, key);
  switch (type.kind) {
    case "nullable":
      return stepInto(types, type.inner, step);
    case "either":
      return stepInto(types, type.other, step);
    case "shape":
    case "selector":
      return type.fields.find((field) => field.name === step)?.type;
    case "map":
      return type.value;
    case "list":
      return type.item;
    default:
      return undefined;
  }
}

/** The type in a few words: `Int`, `list of String`, `Int or null`. */
export function typeWords(types: ConfigTypes, key: string): string {
  const type = typeOf(types, key);
  switch (type.kind) {
    case "scalar":
      return type.name;
    case "enum":
      return type.values.join(" | ");
    case "list":
      return `list of ${typeWords(types, type.item)}`;
    case "map":
      return `map of ${typeWords(types, type.value)}`;
    case "nullable":
      return `${typeWords(types, type.inner)} or null`;
    case "either":
      return typeWords(types, type.plain);
    case "selector":
      return `one of ${type.fields.map((field) => field.name).join(", ")}`;
    case "shape":
      return type.fields.length === 0 ? "map" : "section";
  }
}
