import type { ExecutionResult } from "graphql-ws";
import { expect, it } from "vitest";
import { typedDocument } from "./documents";
import { follow } from "./follow";

interface Lines {
  lines: { text: string; cursor: string };
}

const document = typedDocument<Lines, { cursor?: string }>("subscription { lines { text cursor } }");

function open() {
  const seen: string[][] = [];
  const said: string[] = [];
  const scheduled: (() => void)[] = [];
  let send: (text: string, cursor: string) => void = () => {};
  let complete = () => {};
  let sent: () => unknown = () => undefined;
  const socket: Parameters<typeof follow>[0] = {
    subscribe: (payload, sink) => {
      send = (text, cursor) => {
        // biome-ignore lint/suspicious/noExplicitAny: the socket does not know what it carries
        const result: ExecutionResult<any, any> = { data: { lines: { text, cursor } } };
        sink.next(result);
      };
      complete = () => sink.complete();
      sent = () => structuredClone(payload.variables);
      return () => said.push("closed");
    },
  };
  const stop = follow<Lines, { cursor?: string }>(
    socket,
    document,
    {},
    {
      next: (arrived) => seen.push(arrived.map((each) => each.lines.text)),
      resume: ({ lines }) => ({ cursor: lines.cursor }),
      done: () => said.push("done"),
    },
    (run) => scheduled.push(run),
  );
  return {
    seen,
    said,
    stop,
    send: (text: string, cursor: string) => send(text, cursor),
    complete: () => complete(),
    sent: () => sent(),
    frame: () => scheduled.shift()?.(),
  };
}

it("hands over together what arrives within a frame", () => {
  const log = open();
  log.send("a", "1");
  log.send("b", "2");
  expect(log.seen).toEqual([]);
  log.frame();
  log.send("c", "3");
  log.frame();
  expect(log.seen).toEqual([["a", "b"], ["c"]]);
});

it("asks for what comes after the last value when the connection comes back", () => {
  const log = open();
  expect(log.sent()).toEqual({});
  log.send("a", "7");
  expect(log.sent()).toEqual({ cursor: "7" });
});

it("hands over what is left before it says that it is done", () => {
  const log = open();
  log.send("a", "1");
  log.complete();
  expect(log.seen).toEqual([["a"]]);
  expect(log.said).toEqual(["done"]);
});

it("says nothing more once it was stopped", () => {
  const log = open();
  log.send("a", "1");
  log.stop();
  log.frame();
  log.complete();
  expect([log.seen, log.said]).toEqual([[], ["closed"]]);
});
