import type { ExecutionResult, Client as Socket } from "graphql-ws";
import type { WorkspaceFeedSubscription } from "../generated/schema";
import { type Changes, mergeChanges } from "./changes";

/** Runs the function soon, once; the page hands in the next frame, a test hands in itself. */
export type Schedule = (run: () => void) => void;

interface Sink {
  readonly next: (result: { data: WorkspaceFeedSubscription }) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

type FeedSocket = Pick<Socket, "subscribe">;

/**
 * Subscribes to the workspace feed. Messages that arrive before the schedule runs are handed on as one. When the connection comes
 * back, the subscription goes on after the last message that arrived; the socket sends the same variables again, so they are
 * kept up to date in place.
 */
export function subscribeFeed(socket: FeedSocket, query: string, sink: Sink, schedule: Schedule): () => void {
  const variables: { after?: string } = {};
  let waiting: Changes | undefined;
  const flush = () => {
    const changes = waiting;
    waiting = undefined;
    if (changes) sink.next({ data: { __typename: "Subscription", workspaceFeed: changes } });
  };
  return socket.subscribe<WorkspaceFeedSubscription>(
    { query, variables },
    {
      next: (result: ExecutionResult<WorkspaceFeedSubscription, unknown>) => {
        const changes = result.data?.workspaceFeed;
        if (!changes) return;
        variables.after = changes.sequence;
        if (waiting === undefined) schedule(flush);
        waiting = waiting ? mergeChanges(waiting, changes) : changes;
      },
      error: sink.error,
      complete: sink.complete,
    },
  );
}

/** The next frame; a tab in the background has none and waits a quarter of a second instead. */
export const inNextFrame: Schedule = (run) => {
  if (document.hidden) setTimeout(run, 250);
  else requestAnimationFrame(run);
};
