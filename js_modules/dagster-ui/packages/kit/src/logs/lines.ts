import Anser from "anser";

/** A piece of a log line in one style. */
export interface Span {
  readonly text: string;
  readonly className: string;
}

const colours = new Set(["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]);

/** The styled pieces of one line with ANSI colours; other control sequences are dropped. */
export function parseLine(line: string): Span[] {
  return Anser.ansiToJson(line, { json: true, remove_empty: true, use_classes: true }).map((piece) => ({
    text: piece.content,
    className: [colourClass(piece.fg), ...piece.decorations.map((each) => `ansi-${each}`)]
      .filter(Boolean)
      .join(" "),
  }));
}

function colourClass(name: string | null): string {
  const plain = name?.replace(/^ansi-/, "").replace(/^bright-/, "") ?? "";
  return colours.has(plain) ? `ansi-${plain}` : "";
}

/** The lines of a text; a carriage return inside a line keeps what was written last, as a terminal shows progress bars. */
export function splitLines(text: string): string[] {
  const lines = text.split("\n").map((line) => {
    const end = line.endsWith("\r") ? line.slice(0, -1) : line;
    return end.slice(end.lastIndexOf("\r") + 1);
  });
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
