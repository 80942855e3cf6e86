import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import styles from "./LogView.module.css";
import { parseLine, splitLines } from "./lines";

/** A text log: numbered lines, ANSI colours of the theme, only the lines in view drawn, following its end. */
export function LogView({
  text,
  label,
  isFollowing = true,
}: {
  text: string;
  label: string;
  isFollowing?: boolean;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lines = useMemo(() => splitLines(text), [text]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 20,
    overscan: 20,
    initialRect: { width: 800, height: 400 },
  });
  useEffect(() => {
    if (isFollowing && isAtEnd.current && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1);
  }, [lines.length, isFollowing, virtualizer]);
  const gutter = `${String(lines.length).length}ch`;
  return (
    <div
      ref={scroll}
      className={styles.log}
      role="log"
      aria-label={label}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 40;
      }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={styles.line}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <span className={styles.number} style={{ width: gutter }}>
              {item.index + 1}
            </span>
            <LogLine line={lines[item.index] ?? ""} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** One line with its ANSI colours. */
export function LogLine({ line }: { line: string }) {
  return (
    <span className={styles.text}>
      {parseLine(line).map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never move
        <span key={index} className={span.className || undefined}>
          {span.text}
        </span>
      ))}
    </span>
  );
}
