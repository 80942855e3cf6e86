// @vitest-environment jsdom
import { ClientProvider } from "@dagster-ui/client";
import { KitProvider } from "@dagster-ui/kit";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Client } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { never } from "wonka";
import { type Command, CommandsProvider, useCommandSource, useCommands } from "./commands";
import { Palette } from "./Palette";

afterEach(cleanup);

function Page({ commands }: { commands: Command[] }) {
  useCommands(commands);
  return <input aria-label="Name" />;
}

/** Asks nobody: what the palette offers of the server stays unknown. */
const silent = new Client({ url: "http://localhost/graphql", exchanges: [() => () => never] });

function offerAsset(query: string): Command[] {
  return [{ id: "asset", label: `Asset called ${query}`, group: "Asset", run: () => {} }];
}

function Source() {
  useCommandSource(offerAsset);
  return null;
}

function command(id: string, keys: string, run: () => void): Command {
  return { id, label: `Do ${id}`, group: "Test", keys, run };
}

it("runs a command by its keys, but not while one writes", () => {
  const run = vi.fn();
  render(
    <CommandsProvider>
      <Page commands={[command("it", "g a", run)]} />
    </CommandsProvider>,
  );
  fireEvent.keyDown(document.body, { key: "g" });
  fireEvent.keyDown(document.body, { key: "a" });
  expect(run).toHaveBeenCalledTimes(1);
  const field = screen.getByLabelText("Name");
  fireEvent.keyDown(field, { key: "g" });
  fireEvent.keyDown(field, { key: "a" });
  expect(run).toHaveBeenCalledTimes(1);
});

it("prefers the key of the page to the same key of what stands around it, and always runs the latest function", () => {
  const outer = vi.fn();
  const first = vi.fn();
  const second = vi.fn();
  const page = (run: () => void) => (
    <CommandsProvider>
      <Page commands={[command("outer", "m", outer)]} />
      <Page commands={[command("inner", "m", run)]} />
    </CommandsProvider>
  );
  const { rerender } = render(page(first));
  rerender(page(second));
  fireEvent.keyDown(document.body, { key: "m" });
  expect([outer, first, second].map((each) => each.mock.calls.length)).toEqual([0, 0, 1]);
});

it("finds commands and what sources offer, and does the chosen one", () => {
  const run = vi.fn();
  const onClose = vi.fn();
  render(
    <KitProvider>
      <ClientProvider value={silent}>
        <CommandsProvider>
          <Page commands={[command("reload", "r", run), command("other", "o", () => {})]} />
          <Source />
          <Palette onClose={onClose} />
        </CommandsProvider>
      </ClientProvider>
    </KitProvider>,
  );
  const field = screen.getByRole("combobox");
  fireEvent.change(field, { target: { value: "do reload" } });
  const offered = screen.getAllByRole("option").map((each) => each.textContent);
  expect(offered[0]).toContain("Do reload");
  expect(offered).toContainEqual(expect.stringContaining("Asset called do reload"));
  fireEvent.keyDown(field, { key: "Enter" });
  expect(run).toHaveBeenCalledTimes(1);
  expect(onClose).toHaveBeenCalledTimes(1);
});
