// Writes the typed documents: beside each `queries.graphql` a `queries.gql.ts` with one document per operation, and in the
// client package the types of all operations. Both come from the committed schema and are not committed themselves.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as operationsPlugin from "@graphql-codegen/typescript-operations";
import {
  buildSchema,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  validate,
  visit,
} from "graphql";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const schemaPath =
  process.env.DAGSTER_UI_SCHEMA ??
  path.resolve(root, "../../python_modules/dagster-graphql/dagster_graphql/schema.graphql");
const generated = path.join(root, "packages/client/src/generated");

function write(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

const schemaText = readFileSync(schemaPath, "utf8");
const schema = buildSchema(schemaText);
const files = walk(path.join(root, "packages")).sort();
const sources = files.map((file) => ({ file, document: parse(readFileSync(file, "utf8")) }));
const everything = {
  kind: Kind.DOCUMENT,
  definitions: sources.flatMap((source) => source.document.definitions),
};
const problems = validate(schema, everything).filter((problem) => !/is never used/.test(problem.message));
if (problems.length > 0) {
  for (const problem of problems)
    console.error(`${problem.message} ${JSON.stringify(problem.locations ?? [])}`);
  process.exit(1);
}
const fragments = new Map(
  everything.definitions
    .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
    .map((each) => [each.name.value, each]),
);

mkdirSync(generated, { recursive: true });
write(path.join(generated, "schema.ts"), await operationTypes());
write(path.join(generated, "cache.ts"), cacheFacts());
for (const source of sources) writeDocuments(source);
console.log(`${files.length} files of documents typed from ${path.relative(root, schemaPath)}`);

function walk(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".graphql") && !name.includes("node_modules"))
    .map((name) => path.join(folder, name));
}

async function operationTypes() {
  const text = await codegen({
    filename: "schema.ts",
    schema: parse(schemaText),
    documents: sources.map(({ file, document }) => ({ location: file, document })),
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
    config: {
      enumType: "string-literal",
      enumsAsTypes: true,
      skipTypename: false,
      nonOptionalTypename: true,
      immutableTypes: true,
      useTypeImports: true,
      scalars: { GenericScalar: "unknown", RunConfigData: "unknown", JSONString: "string", BigInt: "number" },
    },
  });
  return `/* Written by scripts/documents.mjs. */\n${text}\n`;
}

// Graphcache must know which types have no identity (they live inside their parent) and which types an interface stands for.
function cacheFacts() {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__"));
  const roots = new Set(["Query", "Mutation", "Subscription"]);
  const keyless = types
    .filter((type) => isObjectType(type) && !roots.has(type.name) && !("id" in type.getFields()))
    .map((type) => type.name);
  const used = new Set();
  visit(everything, {
    InlineFragment: (node) => void used.add(node.typeCondition?.name.value),
    FragmentDefinition: (node) => void used.add(node.typeCondition.name.value),
  });
  const possible = Object.fromEntries(
    types
      .filter((type) => isAbstractType(type) && used.has(type.name))
      .map((type) => [type.name, schema.getPossibleTypes(type).map((each) => each.name)]),
  );
  return [
    "/* Written by scripts/documents.mjs. */",
    `export const keylessTypes: readonly string[] = ${JSON.stringify(keyless.join(" "))}.split(" ");`,
    `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(possible)};`,
    "",
  ].join("\n");
}

function writeDocuments({ file, document }) {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return;
  const names = operations.map((each) => typeNames(each));
  const lines = [
    "/* Written by scripts/documents.mjs. */",
    `import { typedDocument } from "${relativeClient(file)}";`,
    `import type { ${names.flatMap((each) => [each.data, each.variables]).join(", ")} } from "@dagster-ui/client/schema";`,
    "",
    ...operations.map((operation, index) => {
      const name = names[index];
      const definitions = [operation, ...fragmentsOf(operation)].map(withTypenames);
      const text = stripIgnoredCharacters(definitions.map(print).join("\n"));
      return `export const ${name.document} = /* @__PURE__ */ typedDocument<${name.data}, ${name.variables}>(${JSON.stringify(text)});`;
    }),
    "",
  ];
  write(file.replace(/\.graphql$/, ".gql.ts"), lines.join("\n"));
}

// Every object says its type, as the generated types promise; only roots do not.
function withTypenames(definition) {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
  return visit(definition, {
    SelectionSet(node, _key, parent) {
      if (parent.kind === Kind.OPERATION_DEFINITION || parent.kind === Kind.INLINE_FRAGMENT) return undefined;
      return { ...node, selections: [typename, ...node.selections] };
    },
  });
}

function relativeClient(file) {
  const inside = path.join(root, "packages/client/src");
  if (!file.startsWith(inside)) return "@dagster-ui/client";
  const relative = path.relative(path.dirname(file), path.join(inside, "documents"));
  return relative.startsWith(".") ? relative : `./${relative}`;
}

function typeNames(operation) {
  const suffix = { query: "Query", mutation: "Mutation", subscription: "Subscription" }[operation.operation];
  const name = operation.name.value;
  return { document: `${name}Document`, data: `${name}${suffix}`, variables: `${name}${suffix}Variables` };
}

function fragmentsOf(definition, seen = new Map()) {
  visit(definition, {
    FragmentSpread(node) {
      const fragment = fragments.get(node.name.value);
      if (fragment && !seen.has(node.name.value)) {
        seen.set(node.name.value, fragment);
        fragmentsOf(fragment, seen);
      }
    },
  });
  return [...seen.values()];
}
