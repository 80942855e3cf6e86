import { isMap } from "yaml";
import { nothing, read, written } from "./document";
import { type ConfigTypes, fieldsOf, typeOf } from "./types";

/** What a run may be configured with. */
export interface Schema {
  readonly types: ConfigTypes;
  /** Configuration to begin with: what has to be given, with examples. */
  readonly scaffold: string;
}

/** The schema without other ops than these. */
export function schemaOfOps({ types, scaffold }: Schema, names: ReadonlySet<string>): Schema {
  const key = fieldsOf(types, types.root)?.fields.find((field) => field.name === "ops")?.type;
  const ops = key === undefined ? undefined : typeOf(types, key);
  if (key === undefined || ops?.kind !== "shape") return { types, scaffold };
  const fields = ops.fields.filter((field) => names.has(field.name));
  const byKey = new Map(types.byKey).set(key, { ...ops, fields });
  return { types: { ...types, byKey }, scaffold: scaffoldOfOps(scaffold, names) };
}

function scaffoldOfOps(scaffold: string, names: ReadonlySet<string>): string {
  const { document } = read(scaffold);
  const ops = document.get("ops");
  if (!isMap(ops)) return scaffold;
  ops.items = ops.items.filter((item) => names.has(String(item.key)));
  if (ops.items.length === 0) document.delete("ops");
  const text = written(document);
  return text === nothing ? "" : text;
}
