// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { KitProvider } from "../theme/theme";
import { type Column, VirtualTable } from "./VirtualTable";

interface Row {
  readonly name: string;
  readonly size: number;
}

const rows: Row[] = Array.from({ length: 500 }, (_, index) => ({ name: `row ${index}`, size: index }));
const columns: Column<Row>[] = [
  { id: "name", header: "Name", width: "1fr", isSortable: true, cell: (row) => row.name },
  { id: "size", header: "Size", width: "1fr", fromWidth: 5000, cell: (row) => row.size },
];

// jsdom lays nothing out; the table needs a height to know which rows are in view.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(360);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show(part: Partial<Parameters<typeof VirtualTable<Row>>[0]> = {}) {
  render(
    <KitProvider>
      <VirtualTable label="Rows" columns={columns} rows={rows} rowKey={(row) => row.name} {...part} />
    </KitProvider>,
  );
  return screen.getByRole("grid", { name: "Rows" });
}

it("draws the rows in view, and says how many there are", () => {
  const grid = show();
  const drawn = within(grid).getAllByRole("row").length;
  expect(drawn).toBeGreaterThan(5);
  expect(drawn).toBeLessThan(60);
  expect(grid.getAttribute("aria-rowcount")).toBe("501");
});

it("leaves out columns for which it is too narrow", () => {
  show();
  expect(screen.queryByRole("columnheader", { name: "Size" })).toBeNull();
});

it("walks by keys, selects with x and opens with Enter", () => {
  const onOpen = vi.fn();
  const onSelect = vi.fn();
  const grid = show({ onOpen, onSelect, selected: new Set<string>() });
  fireEvent.keyDown(grid, { key: "j" });
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  fireEvent.keyDown(grid, { key: "x" });
  fireEvent.keyDown(grid, { key: "Enter" });
  expect(onSelect).toHaveBeenCalledWith(new Set(["row 1"]));
  expect(onOpen).toHaveBeenCalledWith(rows[1]);
});

function Chosen() {
  const [selected, setSelected] = useState(new Set<string>());
  return (
    <KitProvider>
      <VirtualTable
        label="Rows"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        selected={selected}
        onSelect={setSelected}
      />
      <output>{[...selected].sort().join()}</output>
    </KitProvider>
  );
}

it("selects with Shift all rows from the last one on, and unselects them again", () => {
  render(<Chosen />);
  const press = (name: string, shiftKey: boolean) =>
    fireEvent.click(screen.getByRole("checkbox", { name: `Select ${name}` }), { shiftKey });
  press("row 4", false);
  press("row 2", true);
  expect(screen.getByRole("status").textContent).toBe("row 2,row 3,row 4");
  press("row 2", false);
  press("row 3", true);
  expect(screen.getByRole("status").textContent).toBe("row 4");
});

it("sorts by a column, and the other way at the second press", () => {
  const onSort = vi.fn();
  show({ onSort, sort: { column: "name", isDescending: false } });
  fireEvent.click(screen.getByRole("button", { name: "Name" }));
  expect(onSort).toHaveBeenCalledWith({ column: "name", isDescending: true });
});

it("selects all rows, also those that are not drawn", () => {
  const onSelect = vi.fn();
  show({ onSelect, selected: new Set<string>() });
  fireEvent.click(screen.getByRole("checkbox", { name: "Select all" }));
  expect(onSelect).toHaveBeenCalledWith(new Set(rows.map((row) => row.name)));
});
