import type { ExecutionResult } from "graphql-ws";
import { expect, it } from "vitest";
import type { WorkspaceFeedSubscription } from "../generated/schema";
import type { Changes } from "./changes";
import { subscribeFeed } from "./feed";

function message(sequence: string, runIds: string[]): ExecutionResult<WorkspaceFeedSubscription, unknown> {
  const workspaceFeed: Changes = {
    __typename: "WorkspaceChanges",
    sequence,
    isReset: false,
    assets: [],
    runs: [],
    runIds,
    instigators: [],
    assetNodes: [],
    downstreamAssetNodes: [],
    locations: [],
  };
  return { data: { __typename: "Subscription", workspaceFeed } };
}

function open() {
  const seen: Changes[] = [];
  const scheduled: (() => void)[] = [];
  let send: (result: ExecutionResult<WorkspaceFeedSubscription, unknown>) => void = () => {};
  let sent: () => unknown = () => undefined;
  const socket: Parameters<typeof subscribeFeed>[0] = {
    subscribe: (payload, sink) => {
      // biome-ignore lint/suspicious/noExplicitAny: the socket does not know what it carries
      send = (result: ExecutionResult<any, any>) => sink.next(result);
      sent = () => structuredClone(payload.variables);
      return () => {};
    },
  };
  const sink = {
    next: (result: { data: WorkspaceFeedSubscription }) => seen.push(result.data.workspaceFeed),
    error: () => {},
    complete: () => {},
  };
  subscribeFeed(socket, "subscription { x }", { ...sink, next: (result) => void sink.next(result) }, (run) =>
    scheduled.push(run),
  );
  return {
    seen,
    send: (result: ExecutionResult<WorkspaceFeedSubscription, unknown>) => send(result),
    sent: () => sent(),
    frame: () => scheduled.shift()?.(),
  };
}

it("hands on what arrives within one frame as one change", () => {
  const feed = open();
  feed.send(message("1", ["a"]));
  feed.send(message("2", ["b"]));
  expect(feed.seen).toEqual([]);
  feed.frame();
  feed.send(message("3", ["c"]));
  feed.frame();
  expect(feed.seen.map((each) => [each.sequence, each.runIds])).toEqual([
    ["2", ["a", "b"]],
    ["3", ["c"]],
  ]);
});

it("goes on after the last message when the connection comes back", () => {
  const feed = open();
  expect(feed.sent()).toEqual({});
  feed.send(message("17", []));
  expect(feed.sent()).toEqual({ after: "17" });
});
