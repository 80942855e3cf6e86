import { type AnyVariables, formatDocument, stringifyDocument, type TypedDocumentNode } from "@urql/core";
import type { Client as Socket } from "graphql-ws";
import { inNextFrame, type Schedule } from "./feed/feed";

interface Follower<Data, Variables> {
  /** Gets what arrived since the last call. */
  readonly next: (arrived: readonly Data[]) => void;
  /** What to ask with when the connection comes back, so that nothing comes twice. */
  readonly resume: (data: Data) => Partial<Variables>;
  readonly done?: () => void;
  readonly failed?: (message: string) => void;
}

/**
 * Follows a subscription without the store of entities, for what only grows: the lines of a log. What arrives within a frame is
 * handed over together. Gives the function that ends it.
 */
export function follow<Data, Variables extends AnyVariables>(
  socket: Pick<Socket, "subscribe">,
  document: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  follower: Follower<Data, NoInfer<Variables>>,
  schedule: Schedule = inNextFrame,
): () => void {
  // The socket sends this same object again after it was lost.
  const asked: Record<string, unknown> = { ...variables };
  let waiting: Data[] = [];
  let isEnded = false;
  const flush = () => {
    const arrived = waiting;
    waiting = [];
    if (!isEnded && arrived.length > 0) follower.next(arrived);
  };
  const end = socket.subscribe<Data>(
    { query: stringifyDocument(formatDocument(document)), variables: asked },
    {
      next: ({ data, errors }) => {
        if (errors?.[0]) follower.failed?.(errors[0].message);
        if (!data) return;
        Object.assign(asked, follower.resume(data));
        waiting.push(data);
        if (waiting.length === 1) schedule(flush);
      },
      error: (error) => follower.failed?.(wordsOf(error)),
      complete: () => {
        flush();
        if (!isEnded) follower.done?.();
      },
    },
  );
  return () => {
    isEnded = true;
    end();
  };
}

function wordsOf(error: unknown): string {
  if (Array.isArray(error)) return wordsOf(error[0]);
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : "The connection was lost.";
}
