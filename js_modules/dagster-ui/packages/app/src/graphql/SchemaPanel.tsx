import { TextInput } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { type GraphQLSchema, printType } from "graphql";
import { useMemo } from "react";
import styles from "./GraphQLPage.module.css";

interface SchemaPanelProps {
  schema: GraphQLSchema | undefined;
  /** What is looked for, or the name of the type that is shown. */
  wanted: string;
  onWant: (name: string) => void;
}

const mostTypes = 40;

/** What may be asked: types by name, each in GraphQL's own language, and from there to the types that it names. */
export function SchemaPanel({ schema, wanted, onWant }: SchemaPanelProps) {
  const names = useMemo(
    () => Object.keys(schema?.getTypeMap() ?? {}).filter((name) => !name.startsWith("__")),
    [schema],
  );
  const shown = schema?.getType(wanted);
  const matching = names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <section className={styles.schema} aria-label="Schema">
      <TextInput
        size="xs"
        aria-label="Find a type"
        placeholder="Query, Run, Asset"
        leftSection={<IconFilter size={14} />}
        value={wanted}
        onChange={(event) => onWant(event.target.value)}
      />
      {shown ? (
        <pre className={styles.type}>
          {printType(shown)
            .split(/(\b\w+\b)/)
            .map((word, index) =>
              schema?.getType(word) && word !== wanted ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text that does not change
                <button key={index} type="button" className="link" onClick={() => onWant(word)}>
                  {word}
                </button>
              ) : (
                word
              ),
            )}
        </pre>
      ) : (
        <ul className={styles.types}>
          {matching.slice(0, mostTypes).map((name) => (
            <li key={name}>
              <button type="button" className="link" onClick={() => onWant(name)}>
                {name}
              </button>
            </li>
          ))}
          {matching.length > mostTypes && <li className="muted">and {matching.length - mostTypes} more</li>}
          {schema && matching.length === 0 && <li className="muted">There is no type like that.</li>}
        </ul>
      )}
    </section>
  );
}
