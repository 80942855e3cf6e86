import { useLayoutEffect, useState } from "react";

/** What is assumed until the width is known, and where nothing is laid out. */
const assumed = 1200;

/** The width of an element in pixels, followed as it changes. */
export function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(assumed);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    setWidth(watched.clientWidth || assumed);
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth || assumed));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
