import { KeyHint } from "@dagster-ui/kit";
import { Modal } from "@mantine/core";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { useAutomationCommands } from "../automation/commands";
import { useJobCommands } from "../jobs/commands";
import { useLocationCommands } from "../locations/commands";
import { type Command, useAllCommands, useCommandSources } from "./commands";
import { bestMatches } from "./matching";
import styles from "./Palette.module.css";

/** One field that finds every page, asset and action, and does it. */
export function Palette({ onClose }: { onClose: () => void }) {
  return (
    <Modal.Root opened onClose={onClose} size={640} yOffset="12vh" transitionProps={{ duration: 90 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Command palette">
        <Modal.Body p={0}>
          <PaletteBody onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What the rooms offer for a query; asked when the palette opens, so that no page waits for it. */
function useRooms() {
  useJobCommands();
  useAutomationCommands();
  useLocationCommands();
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  useRooms();
  const found = useFound(query);
  const current = Math.min(active, found.length - 1);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [current, id]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((current + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setActive((current - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.palette}>
      <div className={styles.field}>
        <IconSearch size={16} />
        <input
          data-autofocus
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder="Find an asset, a page or an action"
          aria-label="Find an asset, a page or an action"
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <KeyHint keys="escape" />
      </div>
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label="Results">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onClick={() => run(command)}
            onMouseMove={() => setActive(index)}
          >
            <span className={styles.icon}>{command.icon ?? <IconArrowRight size={15} />}</span>
            <span className="ellipsis">{command.label}</span>
            <span className={styles.group}>{command.group}</span>
            {command.keys && <KeyHint keys={command.keys} />}
          </div>
        ))}
        {found.length === 0 && <p className={styles.nothing}>Nothing matches “{query}”.</p>}
      </div>
    </div>
  );
}

function useFound(query: string): Command[] {
  const commands = useAllCommands();
  const sources = useCommandSources();
  return useMemo(() => {
    const own = commands.filter((each) => !each.isKeyOnly);
    const offered = query.trim() === "" ? [] : sources.flatMap((source) => source(query));
    const known = new Set<string>();
    return bestMatches([...own, ...offered], query, (each) => `${each.label} ${each.group}`, 60).filter(
      (each) => !known.has(each.id) && known.add(each.id),
    );
  }, [commands, sources, query]);
}
