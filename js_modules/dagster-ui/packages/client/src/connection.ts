import {
  type AnyVariables,
  Client,
  fetchExchange,
  formatDocument,
  stringifyDocument,
  subscriptionExchange,
  type TypedDocumentNode,
} from "@urql/core";
import { createClient as createSocket, type Client as Socket } from "graphql-ws";
import { makeCache } from "./cache";
import { inNextFrame, subscribeFeed } from "./feed/feed";

export type Liveness = "connecting" | "live" | "lost";

export interface Connection {
  readonly client: Client;
  readonly socket: Socket;
  readonly liveness: LivenessSignal;
  /** Asks without the store of entities: for the thousands of plain values of the asset graph, which have a store of their own. */
  readonly ask: Ask;
}

export type Ask = <Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** Whether the websocket is open, and since when it is not; followed by the shell's indicator. */
export interface LivenessSignal {
  readonly current: () => Liveness;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * The connection to the server whose pages lie at `base`: questions and actions over HTTP, live events over one websocket that
 * comes back by itself.
 */
export function connect(base: string): Connection {
  const url = new URL("graphql", base).href;
  const [liveness, setLiveness] = livenessSignal();
  const socket = createSocket({
    url: url.replace(/^http/, "ws"),
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Back-off with a random part, so that a restarted server is not met by every tab in the same millisecond.
    retryWait: async (retries) => {
      const longest = Math.min(8000, 250 * 2 ** Math.min(retries, 6));
      await new Promise((resolve) => setTimeout(resolve, longest / 2 + Math.random() * (longest / 2)));
    },
    keepAlive: 12_000,
    on: {
      connected: () => setLiveness("live"),
      closed: () => setLiveness("lost"),
    },
  });
  const client = new Client({
    url,
    preferGetMethod: false,
    // The server refuses requests without this header, which a foreign page cannot send without asking first.
    fetchOptions: { credentials: "same-origin", headers: { "content-type": "application/json" } },
    exchanges: [
      makeCache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = "", variables, operationName }) => ({
          subscribe: (sink) => ({
            unsubscribe:
              operationName === "WorkspaceFeed"
                ? subscribeFeed(socket, query, sink, inNextFrame)
                : socket.subscribe({ query, variables }, sink),
          }),
        }),
      }),
    ],
  });
  return { client, socket, liveness, ask: asker(url) };
}

function asker(url: string): Ask {
  return async (document, variables) => {
    const query = stringifyDocument(formatDocument(document));
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (data) return data;
    throw new Error(errors?.[0]?.message ?? `The server answered with status ${response.status}.`);
  };
}

function livenessSignal(): [LivenessSignal, (next: Liveness) => void] {
  let current: Liveness = "connecting";
  const listeners = new Set<() => void>();
  const signal: LivenessSignal = {
    current: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return [
    signal,
    (next) => {
      current = next;
      for (const listener of listeners) listener();
    },
  ];
}
