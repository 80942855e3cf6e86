const fitted = new Map<string, string>();
const mostFitted = 20_000;

/** The text, cut with an ellipsis so that it is not wider; remembered, because measuring is the dearest part of a frame. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${context.font}|${Math.round(width)}|${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  if (fitted.size > mostFitted) fitted.clear();
  const result = cut(context, text, width);
  fitted.set(key, result);
  return result;
}

function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  const whole = context.measureText(text).width;
  if (whole <= width) return text;
  let length = Math.max(1, Math.floor((text.length * width) / whole) - 1);
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

const widths = new Map<string, number>();

/** How wide the text is in bold at a size of one pixel. */
export function textWidth(context: CanvasRenderingContext2D, text: string, family: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size > mostFitted) widths.clear();
  context.font = `600 100px ${family}`;
  const width = context.measureText(text).width / 100;
  widths.set(text, width);
  return width;
}

/** Forgets what was measured, such as after a font arrived. */
export function forgetTexts(): void {
  widths.clear();
  fitted.clear();
}
