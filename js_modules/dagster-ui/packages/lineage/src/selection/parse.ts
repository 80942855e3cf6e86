import { isFilterName, type Selection, SelectionError } from "./expressions";
import { type Token, tokensOf } from "./tokens";

const deepest = 60;

/**
 * The selection that the text says, in the grammar of the framework's selection strings:
 *
 *     selection = and { "or" and }
 *     and       = not { "and" not }
 *     not       = "not" not | reach
 *     reach     = [ [depth] "+" ] operand [ "+" [depth] ]
 *     operand   = "(" selection ")" | ("roots" | "sinks") "(" selection ")" | filter | "*" | key
 *     filter    = name ":" value [ "=" value ]
 *
 * One thing is added, for a field into which one types: a word alone selects every key that holds it.
 *
 * Throws SelectionError: points at the character.
 */
export function parseSelection(text: string): Selection {
  const parser = new Parser(tokensOf(text));
  if (parser.peek().kind === "end") return { kind: "all" };
  const selection = parser.or(0);
  const rest = parser.peek();
  if (rest.kind !== "end")
    throw new SelectionError(
      `“${rest.text}” stands where “and”, “or” or the end is expected.`,
      rest.position,
    );
  return selection;
}

class Parser {
  #next = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    return token ?? { kind: "end", text: "", position: 0, isApart: false };
  }

  #take(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  #isKeyword(word: string): boolean {
    const token = this.peek();
    return token.kind === "word" && (token.text === word || token.text === word.toUpperCase());
  }

  #isSign(sign: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "sign" && token.text === sign;
  }

  or(depth: number): Selection {
    if (depth > deepest)
      throw new SelectionError("The selection is nested too deeply.", this.peek().position);
    let left = this.#and(depth);
    while (this.#isKeyword("or")) {
      this.#take();
      left = { kind: "or", left, right: this.#and(depth) };
    }
    return left;
  }

  #and(depth: number): Selection {
    let left = this.#not(depth);
    while (this.#isKeyword("and")) {
      this.#take();
      left = { kind: "and", left, right: this.#not(depth) };
    }
    return left;
  }

  #not(depth: number): Selection {
    if (depth > deepest)
      throw new SelectionError("The selection is nested too deeply.", this.peek().position);
    if (!this.#isKeyword("not")) return this.#reach(depth);
    this.#take();
    return { kind: "not", inner: this.#not(depth + 1) };
  }

  #reach(depth: number): Selection {
    let up = 0;
    const hasUp = this.#isSign("+") || (this.peek().kind === "number" && this.#isSign("+", 1));
    if (hasUp) {
      up = this.peek().kind === "number" ? Number(this.#take().text) : Number.POSITIVE_INFINITY;
      this.#take();
    }
    const operand = this.#operand(depth);
    if (!this.#isSign("+"))
      return up === 0 ? named(operand, hasUp) : { kind: "reach", inner: named(operand, true), up, down: 0 };
    this.#take();
    const isCounted = this.peek().kind === "number" && !this.peek().isApart;
    const down = isCounted ? Number(this.#take().text) : Number.POSITIVE_INFINITY;
    return { kind: "reach", inner: named(operand, true), up, down };
  }

  #operand(depth: number): Selection {
    const token = this.#take();
    if (token.kind === "sign" && token.text === "*") return { kind: "all" };
    if (token.kind === "sign" && token.text === "(") return this.#closed(depth, token);
    if (token.kind === "quoted") return { kind: "word", word: token.text };
    if (token.kind !== "word" && token.kind !== "number") throw unexpected(token);
    if ((token.text === "roots" || token.text === "sinks") && this.#isSign("(")) {
      return { kind: token.text, inner: this.#closed(depth, this.#take()) };
    }
    if (this.#isSign(":")) return this.#filter(token);
    return { kind: "word", word: token.text };
  }

  #closed(depth: number, open: Token): Selection {
    const inner = this.or(depth + 1);
    if (!this.#isSign(")")) throw new SelectionError("The parenthesis is never closed.", open.position);
    this.#take();
    return inner;
  }

  #filter(name: Token): Selection {
    if (!isFilterName(name.text))
      throw new SelectionError(`There is no filter “${name.text}:”.`, name.position);
    this.#take();
    const value = this.#value(name.text === "key");
    if (!this.#isSign("=") || !["tag", "column_tag"].includes(name.text)) {
      return { kind: "filter", name: name.text, value };
    }
    this.#take();
    return { kind: "filter", name: name.text, value, second: this.#value(false) };
  }

  #value(hasStars: boolean): string {
    let value = "";
    while (true) {
      const token = this.peek();
      const isStar = hasStars && token.kind === "sign" && token.text === "*";
      const isPart = ["word", "quoted", "number"].includes(token.kind) || isStar;
      if (!isPart || (value !== "" && token.isApart)) break;
      value += this.#take().text;
      if (token.kind === "quoted") break;
    }
    if (value === "") throw unexpected(this.peek());
    return value;
  }
}

// With plus signs a word is one exact key, as it has always been; without them it searches.
function named(operand: Selection, isExact: boolean): Selection {
  return isExact && operand.kind === "word" ? { kind: "key", key: operand.word } : operand;
}

function unexpected(token: Token): SelectionError {
  const found = token.kind === "end" ? "The selection ends" : `“${token.text}” stands`;
  return new SelectionError(`${found} where a key or a filter is expected.`, token.position);
}
