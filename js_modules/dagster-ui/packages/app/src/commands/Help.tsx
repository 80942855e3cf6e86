import { KeyHint } from "@dagster-ui/kit";
import { Modal } from "@mantine/core";
import { type KeyEntry, pageKeys } from "./catalogue";
import { type Command, useAllCommands } from "./commands";
import styles from "./Help.module.css";

/** Every key that does something on this page. */
export function Help({ onClose }: { onClose: () => void }) {
  const commands = useAllCommands();
  return (
    <Modal
      opened
      onClose={onClose}
      title="Keys on this page"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <CommandList commands={commands} />
    </Modal>
  );
}

/** The commands that have keys, by group. */
export function CommandList({ commands }: { commands: readonly Command[] }) {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if (command.keys === undefined) continue;
    const group = groups.get(command.group) ?? [];
    groups.set(command.group, group);
    if (!group.some((each) => each.keys === command.keys)) group.push(command);
  }
  return (
    <div className={styles.groups}>
      {[...groups].map(([group, members]) => (
        <KeyGroup
          key={group}
          title={group}
          keys={members.map(({ keys = "", label }): KeyEntry => [keys, label])}
        />
      ))}
    </div>
  );
}

/** The keys of every page. */
export function KeysOfPages() {
  return (
    <div className={styles.groups}>
      {pageKeys.map(({ place, keys }) => (
        <KeyGroup key={place} title={place} keys={keys} />
      ))}
    </div>
  );
}

function KeyGroup({ title, keys }: { title: string; keys: readonly KeyEntry[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {keys.map(([each, does]) => (
          <li key={each}>
            <span>{does}</span>
            <KeyHint keys={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}
