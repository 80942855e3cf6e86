import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { goTo, makeEditor, showMarks, showText } from "./editing";
import type { Mark } from "./errors";
import styles from "./Launchpad.module.css";
import type { ConfigTypes } from "./types";

interface YamlEditorProps {
  text: string;
  onChange: (text: string) => void;
  onLaunch: () => void;
  types: ConfigTypes | undefined;
  marks: readonly Mark[];
  /** What is to be selected; a new object asks again. */
  target: { readonly from: number; readonly to: number } | undefined;
}

/** Run configuration as YAML. Loaded when it is first shown: the editor weighs as much as the rest of the page. */
export function YamlEditor(props: YamlEditorProps) {
  const { text, marks, target } = props;
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!parent.current) return;
    const made = makeEditor({
      parent: parent.current,
      text: latest.current.text,
      label: "Run configuration",
      types: () => latest.current.types,
      onChange: (next) => {
        if (next !== latest.current.text) latest.current.onChange(next);
      },
      onLaunch: () => latest.current.onLaunch(),
    });
    editor.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    if (editor.current) showText(editor.current, text);
  }, [text]);
  useEffect(() => {
    if (editor.current) showMarks(editor.current, marks);
  }, [marks]);
  useEffect(() => {
    if (editor.current && target) goTo(editor.current, target.from, target.to);
  }, [target]);
  return <div ref={parent} className={styles.editor} />;
}
