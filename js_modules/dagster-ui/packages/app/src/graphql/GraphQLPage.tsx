import type { EditorView } from "@codemirror/view";
import { CopyButton } from "@dagster-ui/kit";
import { Button, Menu, Select, Textarea, VisuallyHidden } from "@mantine/core";
import { IconBook, IconChevronDown, IconPlayerPlay, IconPlayerStop, IconWand } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { GraphQLSchema } from "graphql";
import { useEffect, useRef, useState } from "react";
import { useCommands } from "../commands/commands";
import { usePage } from "../shell/page";
import { type Asked, useAsking, useSchema } from "./asking";
import { type Example, examples, operationNames, tidied } from "./documents";
import { giveSchema, makeQueryEditor } from "./editor";
import styles from "./GraphQLPage.module.css";
import { SchemaPanel } from "./SchemaPanel";

const route = getRouteApi("/graphql");
const [firstExample] = examples;

/** Where one tries what programs may ask: a document, its variables, the answer, and the schema beside them. */
export function GraphQLPage() {
  usePage("GraphQL");
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/graphql" });
  const [query, setQuery] = useState(search.query ?? firstExample?.query ?? "");
  const [variables, setVariables] = useState(search.variables ?? "");
  const [operation, setOperation] = useState<string>();
  const [wanted, setWanted] = useState<string>();
  const { asked, ask, stop } = useAsking();
  const schema = useSchema();
  const names = operationNames(query);
  const chosen = operation !== undefined && names.includes(operation) ? operation : names[0];
  const run = () => {
    void navigate({ search: { query, variables: variables || undefined }, replace: true });
    ask(query, variables, chosen);
  };
  const begin = (example: Example) => {
    setQuery(example.query);
    setVariables(example.variables ?? "");
  };
  useCommands([
    { id: "run", label: "Run the document", group: "GraphQL", keys: "mod+enter", run },
    { id: "tidy", label: "Tidy the document", group: "GraphQL", run: () => setQuery(tidied(query)) },
  ]);
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">GraphQL</VisuallyHidden>
      <div className={styles.bar}>
        {asked.isRunning ? (
          <Button size="xs" color="red" leftSection={<IconPlayerStop size={14} />} onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={run}>
            Run
          </Button>
        )}
        {names.length > 1 && (
          <Select
            size="xs"
            aria-label="Operation"
            data={names.filter((name) => name !== "")}
            value={chosen || null}
            onChange={(name) => setOperation(name ?? undefined)}
          />
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconWand size={14} />}
          onClick={() => setQuery(tidied(query))}
        >
          Tidy
        </Button>
        <Examples onChoose={begin} />
        <Button
          size="xs"
          variant="default"
          aria-pressed={wanted !== undefined}
          leftSection={<IconBook size={14} />}
          onClick={() => setWanted(wanted === undefined ? "Query" : undefined)}
        >
          Schema
        </Button>
        <span className={styles.grow} />
        <Verdict asked={asked} />
      </div>
      <div className={`${styles.panes} ${wanted === undefined ? "" : styles.withSchema}`}>
        <div className={styles.asking}>
          <QueryEditor schema={schema} text={query} onChange={setQuery} onRun={run} onType={setWanted} />
          <Textarea
            className={styles.variables}
            label="Variables"
            placeholder='{"limit": 5}'
            value={variables}
            onChange={(event) => setVariables(event.target.value)}
            minRows={3}
            maxRows={8}
            autosize
            spellCheck={false}
          />
        </div>
        <section className={styles.answer} aria-label="Answer">
          {asked.answer !== undefined && <CopyButton text={asked.answer} label="Copy the answer" />}
          {asked.answer === undefined ? (
            <p className={styles.waiting}>The answer comes here. Ctrl-Enter runs the document.</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
            <pre tabIndex={0}>{asked.answer}</pre>
          )}
        </section>
        {wanted !== undefined && <SchemaPanel schema={schema} wanted={wanted} onWant={setWanted} />}
      </div>
    </div>
  );
}

function Examples({ onChoose }: { onChoose: (example: Example) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
          Examples
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {examples.map((example) => (
          <Menu.Item key={example.label} onClick={() => onChoose(example)}>
            {example.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Verdict({ asked }: { asked: Asked }) {
  const words = [
    asked.count > 1 ? `${asked.count} answers` : undefined,
    asked.isRunning ? "running" : undefined,
    asked.tookMillis === undefined ? undefined : `${Math.round(asked.tookMillis)} ms`,
  ].filter((word) => word !== undefined);
  return (
    <span className="muted" role="status">
      {words.join(", ")}
    </span>
  );
}

interface QueryEditorProps {
  schema: GraphQLSchema | undefined;
  text: string;
  onChange: (text: string) => void;
  onRun: () => void;
  onType: (name: string) => void;
}

function QueryEditor(props: QueryEditorProps) {
  const { schema } = props;
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!parent.current) return;
    const made = makeQueryEditor({
      parent: parent.current,
      text: latest.current.text,
      onChange: (text) => latest.current.onChange(text),
      onRun: () => latest.current.onRun(),
      onType: (name) => latest.current.onType(name),
    });
    editor.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    if (editor.current && schema) giveSchema(editor.current, schema);
  }, [schema]);
  useEffect(() => {
    const view = editor.current;
    if (view && view.state.doc.toString() !== props.text)
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: props.text } });
  }, [props.text]);
  return <div ref={parent} className={styles.editor} />;
}
