import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { useWidth } from "../layout/useWidth";
import { stretched, toggled } from "./choosing";
import styles from "./VirtualTable.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** A track of a CSS grid: "120px", "minmax(160px, 2fr)". */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isSortable?: boolean;
  readonly align?: "start" | "end";
  /** Shown only when the table is at least this wide, in pixels. */
  readonly fromWidth?: number;
}

export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

interface VirtualTableProps<Row> {
  /** What the table lists, for those who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight?: number;
  onOpen?: (row: Row) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Keys of the selected rows; given, each row has a checkbox. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** Called when the last rows come into view, to load more. */
  onEnd?: () => void;
  footer?: ReactNode;
}

/**
 * A table that draws only the rows in view. Keys: j and k (or the arrows) move, x selects, with Shift all from the last one on,
 * Enter opens, Home and End jump.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { rows, rowKey, rowHeight = 36, selected, onSelect, onEnd } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const width = useWidth(scroll);
  const columns = props.columns.filter(
    (column) => column.fromWidth === undefined || width >= column.fromWidth,
  );
  const grid = [...(selected ? ["18px"] : []), ...columns.map((column) => column.width)].join(" ");
  const id = useId();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 800, height: 600 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows were measured by the height of before
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (onEnd && rows.length > 0 && last >= rows.length - 5) onEnd();
  }, [last, rows.length, onEnd]);

  const lastChosen = useRef<string>(undefined);
  const toggle = (key: string, isStretching: boolean) => {
    if (!selected) return;
    const stretch = isStretching ? stretched(selected, rows.map(rowKey), lastChosen.current, key) : undefined;
    lastChosen.current = key;
    onSelect?.(stretch ?? toggled(selected, key));
  };
  const move = (index: number) => {
    const clamped = Math.max(0, Math.min(rows.length - 1, index));
    setActive(clamped);
    virtualizer.scrollToIndex(clamped);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const row = rows[active];
    const moves: Record<string, number> = {
      j: active + 1,
      ArrowDown: active + 1,
      k: active - 1,
      ArrowUp: active - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) move(target);
    else if (event.key === "Enter" && row !== undefined) props.onOpen?.(row);
    else if (event.key.toLowerCase() === "x" && row !== undefined) toggle(rowKey(row), event.shiftKey);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.frame}>
      <div
        ref={scroll}
        className={styles.scroll}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={selected ? true : undefined}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <TableHead {...props} columns={columns} grid={grid} />
        <div className={styles.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
              <div
                key={key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selected ? selected.has(key) : undefined}
                className={`${styles.row} ${item.index === active ? styles.active : ""}`}
                style={{
                  gridTemplateColumns: grid,
                  height: item.size,
                  transform: `translateY(${item.start}px)`,
                }}
                onClick={() => setActive(item.index)}
              >
                {selected && (
                  // With Shift the browser would mark the text between.
                  <div role="gridcell" onMouseDown={(event) => event.shiftKey && event.preventDefault()}>
                    <Checkbox
                      size="xs"
                      aria-label={`Select ${key}`}
                      checked={selected.has(key)}
                      onChange={({ nativeEvent: press }) =>
                        toggle(key, press instanceof MouseEvent && press.shiftKey)
                      }
                    />
                  </div>
                )}
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    className={`${styles.cell} ${column.align === "end" ? styles.end : ""}`}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

function TableHead<Row>({
  columns,
  grid,
  rows,
  rowKey,
  selected,
  onSelect,
  sort,
  onSort,
}: VirtualTableProps<Row> & { grid: string }) {
  const isAll = selected !== undefined && rows.length > 0 && rows.every((row) => selected.has(rowKey(row)));
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: grid }}>
      {selected && (
        <div role="columnheader">
          <Checkbox
            size="xs"
            aria-label="Select all"
            checked={isAll}
            indeterminate={!isAll && selected.size > 0}
            onChange={() => onSelect?.(isAll ? new Set() : new Set(rows.map(rowKey)))}
          />
        </div>
      )}
      {columns.map((column) => {
        const isSorted = sort?.column === column.id;
        const order = isSorted ? (sort.isDescending ? "descending" : "ascending") : undefined;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={order}
            className={`${styles.cell} ${column.align === "end" ? styles.end : ""}`}
          >
            {column.isSortable && onSort ? (
              <button
                type="button"
                className={styles.sort}
                onClick={() => onSort({ column: column.id, isDescending: isSorted && !sort.isDescending })}
              >
                {column.header}
                {isSorted && (sort.isDescending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
              </button>
            ) : (
              column.header
            )}
          </div>
        );
      })}
    </div>
  );
}

/** The width of the element in pixels, followed as it changes. */
