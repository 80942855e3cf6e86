import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import styles from "./layout.module.css";

/** A titled box. `flush` lets its content touch the border, for tables. */
export function Panel({
  title,
  actions,
  flush = false,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={styles.panel}>
      {title !== undefined && (
        <header className={styles.panelHead}>
          <h2>{title}</h2>
          <span className={styles.spacer} />
          {actions}
        </header>
      )}
      <div className={flush ? styles.flush : styles.panelBody}>{children}</div>
    </section>
  );
}

/** The heading of a page: its name, a few facts, its actions at the end. */
export function PageHeader({
  title,
  facts,
  actions,
}: {
  title: ReactNode;
  facts?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      {facts !== undefined && <div className={styles.facts}>{facts}</div>}
      <span className={styles.spacer} />
      {actions}
    </header>
  );
}

/** A row of links to the parts of a page; give links with `aria-current="page"` on the current one. */
export function LinkTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

/** A word in a grey box: a group, a kind, a tag. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={styles.tag} title={title}>
      {children}
    </span>
  );
}

const narrowest = 280;
const widest = 720;

/** What is selected, at the right; pushes the content aside, never covers it, and keeps its width. */
export function Inspector({
  title,
  onClose,
  children,
  storageKey = "inspector-width",
}: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  storageKey?: string;
}) {
  const [width, setWidth] = useState(() => clampWidth(Number(localStorage.getItem(storageKey) ?? 360)));
  const resize = (next: number) => {
    setWidth(clampWidth(next));
    localStorage.setItem(storageKey, String(clampWidth(next)));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") resize(width + 24);
    if (event.key === "ArrowRight") resize(width - 24);
  };
  return (
    <aside className={styles.inspector} style={{ width }} aria-label="Inspector">
      <div
        className={styles.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the inspector"
        aria-valuenow={width}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
      />
      <header className={styles.inspectorHead}>
        <h2 className={`${styles.inspectorTitle} ellipsis`}>{title}</h2>
        <ActionIcon variant="subtle" color="gray" c="var(--text-muted)" aria-label="Close" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className={styles.inspectorBody} tabIndex={0}>
        {children}
      </div>
    </aside>
  );
}

function clampWidth(width: number): number {
  return Number.isFinite(width) ? Math.max(narrowest, Math.min(widest, Math.round(width))) : 360;
}
