import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { StatusMark } from "../statuses/StatusMark";
import type { Status } from "../statuses/statuses";
import styles from "./toasts.module.css";

interface Toast {
  readonly id: number;
  readonly status: Status;
  readonly content: ReactNode;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what an action did, for a few seconds; failures stay until they are closed. */
export function toast(status: Status, content: ReactNode): void {
  const id = nextId++;
  publish([...toasts.slice(-3), { id, status, content }]);
  if (status !== "failed") setTimeout(() => closeToast(id), 6000);
}

function closeToast(id: number): void {
  publish(toasts.filter((each) => each.id !== id));
}

/** Where toasts appear; once per page. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map((each) => (
        <div key={each.id} className={styles.toast}>
          <StatusMark status={each.status} size={16} />
          <div className={styles.content}>{each.content}</div>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--text-muted)"
            size="sm"
            aria-label="Close the message"
            onClick={() => closeToast(each.id)}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
