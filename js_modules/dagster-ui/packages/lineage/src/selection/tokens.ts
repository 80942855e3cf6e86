import { SelectionError } from "./expressions";

export interface Token {
  readonly kind: "word" | "quoted" | "number" | "sign" | "end";
  readonly text: string;
  readonly position: number;
  /** Whether a space stands before it: `a +b` is two things, `a+b` is not. */
  readonly isApart: boolean;
}

const signs = "():+*=";
const inWord = /[^\s():+="]/;

/** The tokens of a selection string, ended by one of kind `end`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (true) {
    const before = position;
    while (/\s/.test(text[position] ?? "")) position++;
    const isApart = position > before;
    const letter = text[position];
    if (letter === undefined) return [...tokens, { kind: "end", text: "", position, isApart }];
    const token = letter === '"' ? quoted(text, position) : plain(text, position);
    tokens.push({ kind: token.kind, text: token.text, position, isApart });
    position = token.end;
  }
}

function quoted(text: string, start: number): { kind: "quoted"; text: string; end: number } {
  let value = "";
  for (let place = start + 1; place < text.length; place++) {
    const letter = text[place];
    if (letter === '"') return { kind: "quoted", text: value, end: place + 1 };
    if (letter === "\\") place++;
    value += text[place] ?? "";
  }
  throw new SelectionError("The quotation mark is never closed.", start);
}

function plain(text: string, start: number): { kind: "word" | "number" | "sign"; text: string; end: number } {
  const letter = text[start] ?? "";
  if (
    signs.includes(letter) &&
    !(letter === "*" && inWord.test(text[start + 1] ?? " ") && text[start + 1] !== "*")
  ) {
    return { kind: "sign", text: letter, end: start + 1 };
  }
  let end = start;
  while (end < text.length && inWord.test(text[end] ?? " ")) end++;
  const word = text.slice(start, end);
  return { kind: /^\d+$/.test(word) ? "number" : "word", text: word, end };
}
