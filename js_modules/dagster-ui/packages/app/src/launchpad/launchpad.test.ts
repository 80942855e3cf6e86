import { describe, expect, it } from "vitest";
import { complete } from "./completion";
import { read, valueAt, withValue } from "./document";
import { configError, marksOf, placeholderMarks } from "./errors";
import { controlOf, sectionsOf, typedValue, withMissing } from "./form";
import { launchParams, readDraft } from "./launching";
import { ownTags } from "./target";
import { type ConfigField, type ConfigType, type ConfigTypes, typeWords } from "./types";

function field(name: string, type: string, more: Partial<ConfigField> = {}): ConfigField {
  return { name, type, description: "", isRequired: false, isSecret: false, defaultJson: undefined, ...more };
}

function shape(...fields: ConfigField[]): ConfigType {
  return { kind: "shape", fields, isOpen: false, description: "" };
}

const types: ConfigTypes = {
  root: "Root",
  byKey: new Map<string, ConfigType>([
    ["Int", { kind: "scalar", name: "Int" }],
    ["Bool", { kind: "scalar", name: "Bool" }],
    ["String", { kind: "scalar", name: "String" }],
    ["Any", { kind: "scalar", name: "Any" }],
    ["Env", { kind: "selector", fields: [field("env", "String")] }],
    ["IntSource", { kind: "either", plain: "Int", other: "Env" }],
    ["MaybeInt", { kind: "nullable", inner: "IntSource" }],
    ["Mode", { kind: "enum", values: ["append", "overwrite"] }],
    ["Strings", { kind: "list", item: "String" }],
    ["Rules", { kind: "list", item: "Rule" }],
    ["Rule", shape(field("column", "String", { isRequired: true }), field("mode", "Mode"))],
    ["Which", { kind: "selector", fields: [field("a", "Int"), field("b", "String")] }],
    [
      "Load",
      shape(
        field("table", "String", { isRequired: true, description: "Where to" }),
        field("limit", "MaybeInt", { defaultJson: "100" }),
        field("dry", "Bool"),
        field("mode", "Mode"),
        field("columns", "Strings"),
        field("rules", "Rules"),
        field("which", "Which"),
      ),
    ],
    ["LoadOp", shape(field("config", "Load", { isRequired: true }))],
    ["PlainOp", shape(field("config", "Any"))],
    ["InnerOps", shape(field("load", "LoadOp"))],
    ["GraphOp", shape(field("ops", "InnerOps"))],
    [
      "Ops",
      shape(
        field("load", "LoadOp", { isRequired: true }),
        field("plain", "PlainOp"),
        field("graph", "GraphOp"),
      ),
    ],
    ["Warehouse", shape(field("url", "String", { isRequired: true }))],
    ["WarehouseConfig", shape(field("config", "Warehouse"))],
    ["Resources", shape(field("warehouse", "WarehouseConfig"))],
    ["Root", shape(field("resources", "Resources"), field("ops", "Ops", { isRequired: true }))],
  ]),
};

/** The labels that are offered where the bar stands. */
function offered(text: string): string[] {
  const offset = text.indexOf("|");
  const whole = text.replace("|", "");
  return complete(whole, offset, types)?.offers.map((offer) => offer.label) ?? [];
}

describe("completion", () => {
  it.each([
    ["|", ["resources", "ops"]],
    ["ops:\n  |", ["load", "plain", "graph"]],
    [
      "ops:\n  load:\n    config:\n      table: x\n      |",
      ["limit", "dry", "mode", "columns", "rules", "which"],
    ],
    [
      "ops:\n  load:\n    config:\n      |\n      limit: 3\n      dry: true",
      ["table", "mode", "columns", "rules", "which"],
    ],
    [
      "ops:\n  graph:\n    ops:\n      load:\n        config:\n          ta|",
      ["table", "limit", "dry", "mode", "columns", "rules", "which"],
    ],
    ["ops:\n  load:\n    config:\n      mode: |", ["append", "overwrite"]],
    ["ops:\n  load:\n    config:\n      dry: t|", ["true", "false"]],
    ["ops:\n  load:\n    config:\n      limit: |", ["null"]],
    ["ops:\n  load:\n    config:\n      limit:\n        |", ["env"]],
    ["ops:\n  load:\n    config:\n      which:\n        |", ["a", "b"]],
    ["ops:\n  load:\n    config:\n      which:\n        a: 1\n        |", []],
    ["ops:\n  load:\n    config:\n      rules:\n        - |", ["column", "mode"]],
    ["ops:\n  load:\n    config:\n      rules:\n        - column: x\n          |", ["mode"]],
    ["ops:\n  load:\n    config:\n      rules:\n      - column: x\n        mode: |", ["append", "overwrite"]],
    ["# a comment |", []],
    ["ops: {|}", []],
    ["ops:\n  load:\n    # of the table\n\n    |", ["config"]],
  ])("offers at %j", (text, labels) => {
    expect(offered(text)).toEqual(labels);
  });

  it("writes what follows a key, and says what is required", () => {
    const offers = complete("ops:\n  load:\n    config:\n      ", 34, types)?.offers ?? [];
    expect(offers[0]).toMatchObject({
      text: "table: ",
      detail: "String, required",
      info: "Where to",
      isRequired: true,
    });
    expect(offers.find((each) => each.label === "columns")?.text).toBe("columns:\n        - ");
    expect(complete("", 0, types)?.offers.map((each) => each.text)).toEqual(["resources:\n  ", "ops:\n  "]);
  });
});

describe("the document", () => {
  it.each([
    ["", "ops:\n  load:\n    config:\n      table: x\n"],
    ["{}\n", "ops:\n  load:\n    config:\n      table: x\n"],
    ["ops:\n", "ops:\n  load:\n    config:\n      table: x\n"],
    [
      "# nightly\nops:\n  load:\n    config:\n      limit: 3 # few\n",
      "# nightly\nops:\n  load:\n    config:\n      limit: 3 # few\n      table: x\n",
    ],
  ])("gets a value and keeps what else was written: %j", (text, expected) => {
    expect(withValue(text, ["ops", "load", "config", "table"], "x")).toBe(expected);
  });

  it("loses a value, and what held nothing else", () => {
    const text = "ops:\n  load:\n    config:\n      table: x\nresources: {}\n";
    expect(withValue(text, ["ops", "load", "config", "table"], undefined)).toBe("resources: {}\n");
    expect(withValue("ops:\n  load: 1\n", ["ops", "load"], undefined)).toBe("{}\n");
    expect(withValue("ops:\n  load: 1\n", ["ops", "other", "config"], undefined)).toBe("ops:\n  load: 1\n");
  });

  it("says what is no configuration, and where", () => {
    expect(read("ops: [1").problem?.from).toBeGreaterThan(4);
    expect(read("just words").problem).toMatchObject({ from: 0, to: 10 });
    expect(read("\n# nothing yet\n").problem).toBeUndefined();
  });

  it("finds values through lists", () => {
    const { document } = read("a:\n  - b: 1\n  - b: 2\n");
    expect(valueAt(document, ["a", 1, "b"])).toBe(2);
    expect(valueAt(document, ["a", 5, "b"])).toBeUndefined();
  });
});

describe("errors", () => {
  const text = "ops:\n  load:\n    config:\n      limit: x\n      foo: 1\n";
  const inConfig = { entries: ["ops", "load", "config"].map(entry) };

  function entry(fieldName: string) {
    return { __typename: "EvaluationStackPathEntry" as const, fieldName };
  }

  it("are marked at the value, at the unknown key, and where something is missing", () => {
    const errors = [
      configError({
        __typename: "RuntimeMismatchConfigError",
        reason: "RUNTIME_TYPE_MISMATCH",
        message: 'Invalid scalar at path root:ops:load:config:limit. Value "x" is not valid.',
        stack: { __typename: "EvaluationStack", entries: [...inConfig.entries, entry("limit")] },
      }),
      configError({
        __typename: "FieldNotDefinedConfigError",
        reason: "FIELD_NOT_DEFINED",
        message:
          'Received unexpected config entry "foo" at path root:ops. Expected: "{ table: String }". Close: \'fool\'.',
        fieldName: "foo",
        stack: { __typename: "EvaluationStack", ...inConfig },
      }),
      configError({
        __typename: "MissingFieldsConfigError",
        reason: "MISSING_REQUIRED_FIELDS",
        message: "Missing",
        fields: [
          { __typename: "ConfigTypeField", name: "table" },
          { __typename: "ConfigTypeField", name: "url" },
        ],
        stack: { __typename: "EvaluationStack", ...inConfig },
      }),
    ];
    const marks = marksOf(text, read(text), errors);
    expect(marks.map((mark) => [mark.line, text.slice(mark.from, mark.to), mark.message])).toEqual([
      [3, "config", "Missing in ops.load.config: table, url"],
      [4, "x", 'Invalid scalar in ops.load.config.limit. Value "x" is not valid.'],
      [5, "foo", "Unknown in ops.load.config: foo. Did you mean fool? Expected { table: String }"],
    ]);
  });

  it("are marked at what is written around what is not there, else in the first line", () => {
    const missing = { message: "Missing at the top: ops", missing: ["ops"], path: [] };
    expect(marksOf("{}\n", read("{}\n"), [missing])).toEqual([
      { from: 0, to: 2, line: 1, message: "Missing at the top: ops" },
    ]);
    const deep = { message: "Missing", missing: ["x"], path: ["ops", "load", "config", "inner"] };
    expect(marksOf(text, read(text), [deep])[0]?.line).toBe(3);
  });

  it("name the example values that nobody replaced", () => {
    const scaffold = "ops:\n  load:\n    table: '...'\n    list: [..., a]\n";
    expect(placeholderMarks(scaffold, read(scaffold)).map((mark) => [mark.line, mark.isWarning])).toEqual([
      [3, true],
      [4, true],
    ]);
  });

  it("of the text alone come before those of the schema", () => {
    const broken = "ops:\n  load: [1\n";
    const marks = marksOf(broken, read(broken), [{ message: "other", missing: [], path: [] }]);
    expect(marks).toHaveLength(1);
    expect(marks[0]?.message).not.toBe("other");
  });
});

describe("the form", () => {
  it("has a section for each op and resource that can be configured, also within graphs", () => {
    expect(
      sectionsOf(types).map((section) => [
        section.kind,
        section.title,
        section.path.join("."),
        section.fields.length,
      ]),
    ).toEqual([
      ["op", "load", "ops.load.config", 7],
      ["op", "graph.load", "ops.graph.ops.load.config", 7],
      ["resource", "warehouse", "resources.warehouse.config", 1],
    ]);
  });

  it.each([
    ["String", { kind: "text" }],
    ["MaybeInt", { kind: "number", isWhole: true }],
    ["Bool", { kind: "switch" }],
    ["Mode", { kind: "choice", options: ["append", "overwrite"] }],
    ["Strings", { kind: "lines", isNumeric: false }],
    ["Rules", { kind: "yaml" }],
    ["Any", { kind: "yaml" }],
  ])("asks for a %s in its way", (type, control) => {
    expect(controlOf(types, field("x", type))).toEqual(control);
  });

  it("keeps what is no number as it was typed, so that the schema can refuse it", () => {
    const number = { kind: "number", isWhole: true } as const;
    expect(["12", "1e3", "abc", ""].map((typed) => typedValue(number, typed))).toEqual([
      12,
      1000,
      "abc",
      undefined,
    ]);
    expect(typedValue({ kind: "lines", isNumeric: true }, "1\n\n2\n")).toEqual([1, 2]);
  });

  it("adds what is missing and leaves choices alone", () => {
    const scaffold = "ops:\n  load:\n    config:\n      table: '...'\n      which:\n        a: 0\n";
    const text = "ops:\n  load:\n    config:\n      which:\n        b: mine\n";
    expect(withMissing(text, scaffold, types)).toBe(
      "ops:\n  load:\n    config:\n      which:\n        b: mine\n      table: ...\n",
    );
    expect(valueAt(read(withMissing("{}", scaffold, types)).document, [])).toEqual(
      valueAt(read(scaffold).document, []),
    );
  });
});

describe("a launch", () => {
  it("sends the configuration and the tags that have a key", () => {
    const draft = {
      text: "",
      tags: [
        { key: " team ", value: "x" },
        { key: "", value: "y" },
      ],
    };
    expect(launchParams({ address: "reports@shop", job: "nightly", assets: ["a/b"] }, draft)).toEqual({
      mode: "default",
      selector: {
        pipelineName: "nightly",
        repositoryName: "reports",
        repositoryLocationName: "shop",
        assetSelection: [{ path: ["a", "b"] }],
      },
      runConfigData: "{}",
      executionMetadata: { tags: [{ key: "team", value: "x" }] },
    });
  });

  it("keeps a draft, and drops what is none", () => {
    const draft = { text: "ops: {}", tags: [{ key: "a", value: "b" }] };
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
    expect(readDraft(JSON.stringify({ text: "x", tags: [3, { key: 1 }] }))).toEqual({ text: "x", tags: [] });
    expect([readDraft(null), readDraft("{"), readDraft("[]")]).toEqual([undefined, undefined, undefined]);
  });

  it("takes over the user's own tags from another run", () => {
    const tags = ["team", "dagster/schedule_name", "dagster/partition", ".dagster/x"].map((key) => ({
      key,
      value: "1",
    }));
    expect(ownTags(tags).map((tag) => tag.key)).toEqual(["team", "dagster/partition"]);
  });
});

it("says a type in a few words", () => {
  expect(["MaybeInt", "Strings", "Which", "Mode", "Load"].map((key) => typeWords(types, key))).toEqual([
    "Int or null",
    "list of String",
    "one of a, b",
    "append | overwrite",
    "section",
  ]);
});
