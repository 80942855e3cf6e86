import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { examples, operationNames, readVariables, tidied } from "./documents";
import { readGraphQLSearch } from "./search";

const schemaFile = path.resolve(
  import.meta.dirname,
  "../../../../../../python_modules/dagster-graphql/dagster_graphql/schema.graphql",
);

it("offers examples that the server answers", () => {
  const schema = buildSchema(readFileSync(schemaFile, "utf8"));
  for (const { label, query, variables } of examples) {
    expect([label, validate(schema, parse(query))]).toEqual([label, []]);
    expect(readVariables(variables ?? "")).toHaveProperty("values");
  }
});

it("names the operations of a document", () => {
  expect(operationNames("query A { a } mutation B { b }")).toEqual(["A", "B"]);
  expect(operationNames("{ a }")).toEqual([""]);
  expect(operationNames("{ a")).toEqual([]);
});

it("tidies what it can read and loses no comment", () => {
  expect(tidied("{a   b}")).toBe("{\n  a\n  b\n}");
  expect(tidied("{a")).toBe("{a");
  expect(tidied("{a} # why")).toBe("{a} # why");
});

it("says what is wrong with variables", () => {
  expect(readVariables(" ")).toEqual({ values: {} });
  expect(readVariables('{"a": [1]}')).toEqual({ values: { a: [1] } });
  expect(readVariables("[1]")).toHaveProperty("problem");
  expect(readVariables("{")).toHaveProperty("problem");
});

it("reads any address", () => {
  expect(readGraphQLSearch({ query: "{a}", variables: { limit: 5 } })).toEqual({
    query: "{a}",
    variables: '{\n  "limit": 5\n}',
  });
  expect(readGraphQLSearch({ query: [1], variables: 7 })).toEqual({ query: undefined, variables: "7" });
});
