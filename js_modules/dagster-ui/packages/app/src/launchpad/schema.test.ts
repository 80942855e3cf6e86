import { expect, it } from "vitest";
import { schemaOfOps } from "./schema";
import { type ConfigType, fieldsOf, typeAt } from "./types";

const field = (name: string, type: string) => ({
  name,
  type,
  description: "",
  isRequired: true,
  isSecret: false,
  defaultJson: undefined,
});
const shape = (...fields: ReturnType<typeof field>[]): ConfigType => ({
  kind: "shape",
  fields,
  isOpen: false,
  description: "",
});
const types = {
  root: "Root",
  byKey: new Map<string, ConfigType>([
    ["Root", shape(field("ops", "Ops"), field("execution", "Any"))],
    ["Ops", shape(field("orders", "Op"), field("refunds", "Op"))],
    ["Op", shape(field("config", "Any"))],
  ]),
};
const scaffold = "ops:\n  orders:\n    config: ...\n  refunds:\n    config: ...\n";

it("leaves only the ops that are asked for", () => {
  const schema = schemaOfOps({ types, scaffold }, new Set(["refunds"]));
  expect(fieldsOf(schema.types, "Ops")?.fields.map((each) => each.name)).toEqual(["refunds"]);
  expect(typeAt(schema.types, ["execution"])).toBe("Any");
  expect(schema.scaffold).toBe("ops:\n  refunds:\n    config: ...\n");
  expect(types.byKey.get("Ops")).toMatchObject({ fields: [{ name: "orders" }, { name: "refunds" }] });
});

it("begins with nothing where these ops need nothing", () => {
  expect(schemaOfOps({ types, scaffold }, new Set(["other"])).scaffold).toBe("");
});
