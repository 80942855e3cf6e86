import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { look } from "../editors/look";
import { complete } from "./completion";
import type { Mark } from "./errors";
import type { ConfigTypes } from "./types";

interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly types: () => ConfigTypes | undefined;
  readonly onChange: (text: string) => void;
  readonly onLaunch: () => void;
}

/** An editor of run configuration in the parent: completion from the schema, marks for errors, the keys of the page. */
export function makeEditor(options: EditorOptions): EditorView {
  const source = (context: CompletionContext): CompletionResult | null => {
    const types = options.types();
    const found = types && complete(context.state.doc.toString(), context.pos, types);
    if (!found || found.offers.length === 0) return null;
    if (!context.explicit && found.from === context.pos && !isAfterBreak(context)) return null;
    return {
      from: found.from,
      validFor: /^[\w.-]*$/,
      options: found.offers.map((offer, index) => ({
        label: offer.label,
        detail: offer.detail,
        info: offer.info || undefined,
        boost: (offer.isRequired ? 50 : 0) - index / 100,
        apply: (view, _, from, to) => {
          view.dispatch({
            changes: { from, to, insert: offer.text },
            selection: { anchor: from + offer.text.length },
            userEvent: "input.complete",
          });
          if (/\s$/.test(offer.text)) setTimeout(() => startCompletion(view), 0);
        },
      })),
    };
  };
  const launch = () => {
    options.onLaunch();
    return true;
  };
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", preventDefault: true, run: launch }])),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        closeBrackets(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        yaml(),
        placeholder("All defaults. Ctrl-Space suggests fields."),
        autocompletion({ override: [source], icons: false }),
        lintGutter(),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          { key: "Mod-]", run: indentMore },
          { key: "Mod-[", run: indentLess },
          ...defaultKeymap,
        ]),
        look,
        EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
}

/** Whether one just began a line or a value, where the offers say what is possible. */
function isAfterBreak(context: CompletionContext): boolean {
  const line = context.state.doc.lineAt(context.pos);
  return /^\s+$|:\s+$/.test(line.text.slice(0, context.pos - line.from)) && line.to === context.pos;
}

/** Writes another text into the editor, leaving what is the same, so that cursor and history survive. */
export function showText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let from = 0;
  while (from < old.length && old[from] === text[from]) from++;
  let end = 0;
  while (end < Math.min(old.length, text.length) - from && old.at(-1 - end) === text.at(-1 - end)) end++;
  view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) } });
}

export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  const length = view.state.doc.length;
  view.dispatch(
    setDiagnostics(
      view.state,
      marks
        .filter((mark) => mark.to <= length)
        .map((mark) => ({
          from: mark.from,
          to: mark.to,
          severity: mark.isWarning ? "warning" : "error",
          message: mark.message,
        })),
    ),
  );
}

/** Selects from one offset to the other and brings it into view, so that typing replaces it. */
export function goTo(view: EditorView, from: number, to: number): void {
  const length = view.state.doc.length;
  view.dispatch({
    selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
    scrollIntoView: true,
  });
  view.focus();
}
