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

/** Forgets what was measured, such as after a font arrived. */
export function forgetTexts(): void {
  fitted.clear();
}
