import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  subscribe,
  validate,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import type { Plugin } from "vite";
import { WebSocketServer } from "ws";
import { makeWorld } from "./world";

const schemaFile =
  process.env.DAGSTER_UI_SCHEMA ??
  path.resolve(
    import.meta.dirname,
    "../../../../../python_modules/dagster-graphql/dagster_graphql/schema.graphql",
  );

/** Serves `/graphql` of an imagined workspace from the development server, so that pages can be drawn and tested without Python. */
export function mockServer(): Plugin {
  return {
    name: "mock-server",
    configureServer(server) {
      const schema = buildSchema(readFileSync(schemaFile, "utf8"));
      const rootValue = makeWorld(Number(process.env.MOCK_ASSETS ?? 0));
      server.middlewares.use(
        "/graphql",
        (request, response) => void answer(schema, rootValue, request, response),
      );
      const sockets = new WebSocketServer({ noServer: true });
      useServer({ schema, execute: run, subscribe: listen(rootValue), parse, validate }, sockets);
      server.httpServer?.on("upgrade", (request, socket, head) => {
        if (!request.url?.startsWith("/graphql")) return;
        sockets.handleUpgrade(request, socket, head, (open) => sockets.emit("connection", open, request));
      });
    },
  };
}

const run: typeof execute = (args) => execute({ ...args, fieldResolver });
const listen =
  (rootValue: unknown): typeof subscribe =>
  (args) =>
    subscribe({ ...args, rootValue, fieldResolver, subscribeFieldResolver: fieldResolver });

async function answer(
  schema: GraphQLSchema,
  rootValue: unknown,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const result = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    rootValue,
    fieldResolver,
  });
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(result));
}

/** What the world says; where it says nothing, the emptiest value that the type allows. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  args,
  context,
  info,
) => {
  const value = source?.[info.fieldName];
  const said = typeof value === "function" ? value(args, context, info) : value;
  return said === undefined ? emptiest(info.returnType, info.schema) : said;
};

function emptiest(type: GraphQLOutputType, schema: GraphQLSchema): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (isObjectType(inner)) return { __typename: inner.name };
  if (isAbstractType(inner)) return { __typename: schema.getPossibleTypes(inner)[0]?.name };
  if (inner.name === "Boolean") return false;
  return inner.name === "Int" || inner.name === "Float" ? 0 : "";
}
