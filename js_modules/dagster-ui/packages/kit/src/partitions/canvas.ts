import { useComputedColorScheme } from "@mantine/core";
import { type RefObject, useEffect } from "react";
import { darkTokens, lightTokens, type Tokens } from "../theme/tokens";

/** The colours of the theme that is shown, for what is drawn on a canvas. */
export function useTokens(): Tokens {
  return useComputedColorScheme() === "dark" ? darkTokens : lightTokens;
}

/** Draws whenever `draw` is another function; the context is clear and counts in CSS pixels. */
export function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D, font: string) => void,
): void {
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || width <= 0 || height <= 0) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, getComputedStyle(element).fontFamily);
  }, [canvas, width, height, draw]);
}
