import type { Connection } from "@dagster-ui/client";
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from "graphql";
import { useCallback, useEffect, useRef, useState } from "react";
import { useConnection } from "../shell/connection";
import { readVariables } from "./documents";

type Socket = Connection["socket"];

/** Where an operation stands: its last answer, how many there were, and whether more may come. */
export interface Asked {
  readonly answer: string | undefined;
  readonly count: number;
  readonly isRunning: boolean;
  readonly tookMillis: number | undefined;
}

const nothing: Asked = { answer: undefined, count: 0, isRunning: false, tookMillis: undefined };

/** Asks by the websocket of the tab, which answers queries and mutations as well as subscriptions; one operation at a time. */
export function useAsking(): {
  asked: Asked;
  ask: (query: string, variables: string, operationName: string | undefined) => void;
  stop: () => void;
} {
  const { socket } = useConnection();
  const [asked, setAsked] = useState(nothing);
  const unsubscribe = useRef<() => void>(undefined);
  const stop = useCallback(() => {
    unsubscribe.current?.();
    unsubscribe.current = undefined;
    setAsked((old) => ({ ...old, isRunning: false }));
  }, []);
  useEffect(() => () => unsubscribe.current?.(), []);
  const ask = (query: string, text: string, operationName: string | undefined) => {
    stop();
    const variables = readVariables(text);
    if ("problem" in variables) {
      setAsked({ ...nothing, answer: variables.problem });
      return;
    }
    const begun = performance.now();
    setAsked({ ...nothing, isRunning: true });
    unsubscribe.current = socket.subscribe(
      { query, variables: variables.values, operationName: operationName || undefined },
      {
        next: (result) =>
          setAsked((old) => ({
            answer: JSON.stringify(result, null, 2),
            count: old.count + 1,
            isRunning: old.isRunning,
            tookMillis: old.tookMillis ?? performance.now() - begun,
          })),
        error: (errors) =>
          setAsked((old) => ({
            ...old,
            answer: JSON.stringify({ errors: Array.isArray(errors) ? errors : [String(errors)] }, null, 2),
            isRunning: false,
          })),
        complete: () => setAsked((old) => ({ ...old, isRunning: false })),
      },
    );
  };
  return { asked, ask, stop };
}

/** The schema, as the server tells it; undefined until then. */
export function useSchema(): GraphQLSchema | undefined {
  const { socket } = useConnection();
  const [schema, setSchema] = useState<GraphQLSchema>();
  useEffect(() => introspect(socket, setSchema), [socket]);
  return schema;
}

function introspect(socket: Socket, give: (schema: GraphQLSchema) => void): () => void {
  return socket.subscribe<IntrospectionQuery>(
    { query: getIntrospectionQuery() },
    {
      next: ({ data }) => {
        if (data) give(buildClientSchema(data));
      },
      error: () => {},
      complete: () => {},
    },
  );
}
