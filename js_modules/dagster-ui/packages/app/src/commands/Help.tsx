import { KeyHint } from "@dagster-ui/kit";
import { Modal } from "@mantine/core";
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
        <section key={group}>
          <h3>{group}</h3>
          <ul>
            {members.map((command) => (
              <li key={command.id}>
                <span>{command.label}</span>
                <KeyHint keys={command.keys ?? ""} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
