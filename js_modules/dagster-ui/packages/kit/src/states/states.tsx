import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleDashed } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./states.module.css";

interface EmptyStateProps {
  title: string;
  /** Why it is empty, and what to do. */
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  /** Whether it stands in the place of a page, so that its title is the page's heading. */
  isPage?: boolean;
}

/** Says why there is nothing and offers the next action. Never shown while loading. */
export function EmptyState({ title, children, icon, actions, isPage = false }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon}>{icon ?? <IconCircleDashed size={22} />}</div>
      {isPage ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>}
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** A question that the server did not answer: the cause, and a way to ask again. */
export function ErrorState({
  title,
  message,
  onRetry,
}: {
  title: string;
  message: string;
  onRetry?: () => void;
}) {
  return (
    <div className={`${styles.empty} ${styles.failed}`} role="alert">
      <div className={styles.icon}>
        <IconAlertTriangle size={22} />
      </div>
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{message}</p>
      {onRetry && (
        <div className={styles.actions}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

const widths = ["92%", "78%", "85%", "64%", "88%", "71%"];

/** Grey lines in the place of rows, from 150 ms of waiting on. */
export function Skeletons({ lines = 6, height = 14 }: { lines?: number; height?: number }) {
  return (
    <div className={styles.skeletons} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
          key={index}
          className={styles.skeleton}
          style={{ width: widths[index % widths.length], height }}
        />
      ))}
    </div>
  );
}
