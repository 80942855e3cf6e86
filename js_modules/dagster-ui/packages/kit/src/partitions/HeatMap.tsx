import { type KeyboardEvent, type PointerEvent, useCallback, useId, useMemo, useRef, useState } from "react";
import { useWidth } from "../layout/useWidth";
import { useDrawing, useTokens } from "./canvas";
import { countCells, placesOfCell } from "./cells";
import { drawHeatMap } from "./drawing";
import styles from "./HeatMap.module.css";
import { type Cell, cellAt, cellByKey, cornerOf, type HeatMapLayout, layOutHeatMap } from "./layouts";
import { type Block, type Standing, tallyOf } from "./standing";
import { joined, type Stretch, toggled } from "./stretches";
import { tallyText } from "./words";

interface HeatMapProps {
  /** What it shows, for those who do not see it. */
  label: string;
  standing: Standing;
  /** The columns that are shown, and the rows where there are two dimensions. */
  columns: Stretch;
  rows: Stretch | undefined;
  cycle: number | undefined;
  /** Whether columns of one dimension are few, with names of their own, so that each gets a line. */
  isNamed?: boolean;
  maxHeight?: number;
  chosen: Block;
  onChoose: (chosen: Block) => void;
  /** Asks for a window of columns around a place: a factor above 1 shows more. */
  onZoom: (factor: number, place: number) => void;
  /** The key at a place, undefined while it is not known. */
  keyOf: (axis: "rows" | "columns", place: number) => string | undefined;
}

/**
 * Partitions as cells on a canvas, drawn from ranges: their number costs nothing. A drag or Shift with an arrow chooses several,
 * Ctrl or Cmd adds; the arrows walk, and what is under the cursor is said aloud.
 */
export function HeatMap(props: HeatMapProps) {
  const { standing, columns, rows, cycle, chosen, keyOf, label, isNamed, maxHeight = 420 } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const tokens = useTokens();
  const [hover, setHover] = useState<Cell | undefined>(undefined);
  const labelWidth = labelWidthOf(props, width);
  const layout = useMemo(
    () => layOutHeatMap({ width, maxHeight, columns, rows, cycle, labelWidth, isNamed }),
    [width, maxHeight, columns, rows, cycle, labelWidth, isNamed],
  );
  const counts = useMemo(() => countCells(standing, layout.rows, layout.columns), [standing, layout]);
  const { cursor, ...handlers } = useChoosing(layout, props, setHover);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, font: string) =>
      drawHeatMap(context, {
        layout,
        counts,
        chosen,
        cursor,
        hover,
        tokens,
        font,
        lineLabel: (line) => keyOf(...firstOfLine(layout, line)) ?? "",
        columnLabel: (cell) => keyOf("columns", placesOfCell(layout.columns, cell)[0]) ?? "",
      }),
    [layout, counts, chosen, cursor, hover, tokens, keyOf],
  );
  useDrawing(canvas, width, layout.height, draw);
  const describedBy = useId();
  const blockOf = (cell: Cell): Block => ({
    rows: [placesOfCell(layout.rows, cell.row)],
    columns: [placesOfCell(layout.columns, cell.column)],
  });
  const describe = (cell: Cell) => ({
    name: nameOf(blockOf(cell), layout.isMatrix, keyOf),
    words: tallyText(tallyOf(standing, blockOf(cell))),
  });
  const shown = hover ?? cursor;
  const all: Block = { rows: [rows ?? [0, 1]], columns: [columns] };
  return (
    <div
      ref={box}
      className={styles.map}
      role="application"
      aria-label={`${label}. Arrow keys walk, Shift with them chooses several, Space chooses, plus and minus zoom.`}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes the focus and walks among its cells
      tabIndex={0}
      {...handlers}
    >
      <canvas ref={canvas} style={{ height: layout.height }} />
      {shown && <Tip layout={layout} cell={shown} {...describe(shown)} />}
      <p id={describedBy} className={styles.hidden}>
        {nameOf(all, layout.isMatrix, keyOf)}: {tallyText(tallyOf(standing, all))}
      </p>
      <p className={styles.hidden} aria-live="polite">
        {cursor && `${describe(cursor).name}: ${describe(cursor).words}`}
      </p>
    </div>
  );
}

/** Up to so many names are measured; those of time all resemble the first. */
const mostMeasured = 24;

function labelWidthOf({ rows, columns, isNamed, keyOf }: HeatMapProps, width: number): number {
  const [start, end] = rows ?? columns;
  const measured = rows || isNamed ? Math.min(mostMeasured, end - start) : 1;
  const lengths = Array.from(
    { length: measured },
    (_, index) => keyOf(rows ? "rows" : "columns", start + index)?.length ?? 0,
  );
  const longest = Math.max(0, ...lengths);
  return Math.min(width < 520 ? 110 : 220, Math.max(44, Math.ceil(longest * 6.6) + 14));
}

function firstOfLine(layout: HeatMapLayout, line: number): ["rows" | "columns", number] {
  return layout.isMatrix
    ? ["rows", placesOfCell(layout.rows, line)[0]]
    : ["columns", placesOfCell(layout.columns, line * layout.perLine)[0]];
}

function nameOf({ rows, columns }: Block, isMatrix: boolean, keyOf: HeatMapProps["keyOf"]): string {
  const part = (axis: "rows" | "columns", [start, end]: Stretch) => {
    const first = keyOf(axis, start) ?? `#${start + 1}`;
    return end - start <= 1 ? first : `${first} … ${keyOf(axis, end - 1) ?? `#${end}`}`;
  };
  const names = columns.map((each) => part("columns", each));
  return isMatrix
    ? `${rows.map((each) => part("rows", each)).join(", ")} × ${names.join(", ")}`
    : names.join(", ");
}

function Tip({
  layout,
  cell,
  name,
  words,
}: {
  layout: HeatMapLayout;
  cell: Cell;
  name: string;
  words: string;
}) {
  const { x, y } = cornerOf(layout, cell);
  const isRight = x > layout.width / 2;
  return (
    <div
      className={styles.tip}
      aria-hidden
      style={{
        top: y + layout.cellHeight + 7,
        ...(isRight ? { right: layout.width - x - layout.cellWidth } : { left: x }),
      }}
    >
      {name}
      <span>{words}</span>
    </div>
  );
}

/** Choosing by pointer and keys; the cursor is where the keyboard stands. */
function useChoosing(
  layout: HeatMapLayout,
  { chosen, onChoose, onZoom }: HeatMapProps,
  setHover: (cell: Cell | undefined) => void,
) {
  const [cursor, setCursor] = useState<Cell | undefined>(undefined);
  const anchor = useRef<Cell | undefined>(undefined);
  const before = useRef<Block | undefined>(undefined);
  const pointed = (event: PointerEvent<HTMLElement>, isNear = false) => {
    const at = event.currentTarget.getBoundingClientRect();
    return cellAt(layout, event.clientX - at.left, event.clientY - at.top, isNear);
  };
  const chooseTo = (cell: Cell) => {
    const block = blockBetween(layout, anchor.current ?? cell, cell);
    const kept = before.current;
    onChoose(
      kept ? { rows: added(kept.rows, block.rows), columns: added(kept.columns, block.columns) } : block,
    );
  };
  const choose = (cell: Cell, isExtending: boolean, isAdding: boolean) => {
    if (!isExtending) anchor.current = cell;
    before.current = isAdding ? chosen : undefined;
    const only = blockBetween(layout, cell, cell);
    if (isAdding && !layout.isMatrix && !isExtending)
      onChoose({ ...chosen, columns: only.columns.reduce(toggled, [...chosen.columns]) });
    else chooseTo(cell);
  };
  const start = cursor ?? { row: 0, column: 0 };
  return {
    cursor: cursor && cellIn(layout, cursor),
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const cell = pointed(event);
      if (!cell || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setCursor(undefined);
      choose(cell, event.shiftKey, event.ctrlKey || event.metaKey);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const isDragging = event.currentTarget.hasPointerCapture(event.pointerId);
      const cell = pointed(event, isDragging);
      setHover(cell);
      if (isDragging && cell) chooseTo(cell);
    },
    onPointerLeave: () => setHover(undefined),
    onDoubleClick: () => {
      const cell = anchor.current;
      if (cell) onZoom(1 / 4, placesOfCell(layout.columns, cell.column)[0]);
    },
    onFocus: (event: { currentTarget: HTMLElement }) => {
      if (event.currentTarget.matches(":focus-visible")) setCursor(start);
    },
    onBlur: () => setCursor(undefined),
    onKeyDown: (event: KeyboardEvent) => {
      const place = placesOfCell(layout.columns, start.column)[0];
      const next = cellByKey(layout, start, event.key);
      if (next) {
        setCursor(next);
        if (event.shiftKey) choose(next, true, false);
        else anchor.current = next;
      } else if (event.key === " " || event.key === "Enter")
        choose(start, false, event.ctrlKey || event.metaKey);
      else if (event.key === "+" || event.key === "=") onZoom(1 / 2, place);
      else if (event.key === "-") onZoom(2, place);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

function cellIn(layout: HeatMapLayout, cell: Cell): Cell {
  return {
    row: Math.min(cell.row, layout.rows.count - 1),
    column: Math.min(cell.column, layout.columns.count - 1),
  };
}

function blockBetween(layout: HeatMapLayout, one: Cell, other: Cell): Block {
  const between = (axis: HeatMapLayout["rows"], first: number, last: number): Stretch => [
    placesOfCell(axis, Math.min(first, last))[0],
    placesOfCell(axis, Math.max(first, last))[1],
  ];
  return {
    rows: [between(layout.rows, one.row, other.row)],
    columns: [between(layout.columns, one.column, other.column)],
  };
}

function added(some: readonly Stretch[], more: readonly Stretch[]): Stretch[] {
  return joined([...some, ...more]);
}
