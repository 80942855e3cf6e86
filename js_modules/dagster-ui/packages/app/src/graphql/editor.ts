import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { graphql, updateSchema } from "cm6-graphql";
import type { GraphQLSchema } from "graphql";
import { look } from "../editors/look";

interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  /** The type, or the type of the field, that was clicked with the modifier key. */
  readonly onType: (name: string) => void;
}

/** An editor of GraphQL: completion and errors from the schema, once there is one. */
export function makeQueryEditor(options: EditorOptions): EditorView {
  const run = () => {
    options.onRun();
    return true;
  };
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", preventDefault: true, run }])),
        lineNumbers(),
        highlightActiveLine(),
        drawSelection(),
        history(),
        closeBrackets(),
        autocompletion({ icons: false }),
        graphql(undefined, {
          onShowInDocs: (_field, type, parent) => {
            const name = type ?? parent;
            if (name) options.onType(name.replace(/[[\]!]/g, ""));
          },
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        look,
        EditorView.contentAttributes.of({ "aria-label": "GraphQL document", spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
}

/** Completes and checks by this schema from now on. */
export function giveSchema(view: EditorView, schema: GraphQLSchema): void {
  updateSchema(view, schema);
}
