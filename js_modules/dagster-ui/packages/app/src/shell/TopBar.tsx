import { KeyHint } from "@dagster-ui/kit";
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconMoon, IconSearch, IconSun } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useLiveness } from "./connection";
import { Mark } from "./Mark";
import { useCrumbs } from "./page";
import styles from "./TopBar.module.css";

export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label="dagster, home">
        <Mark size={24} />
        <span className={styles.name}>dagster</span>
      </Link>
      <Crumbs />
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        title="Find an asset, a page or an action"
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={15} />
        <span className={styles.searchText}>Find or do…</span>
        <span className={styles.searchKeys}>
          <KeyHint keys="mod+k" />
        </span>
      </button>
      <div className={styles.end}>
        <LiveIndicator />
        <Tooltip label="Keys">
          <ActionIcon
            className={styles.wide}
            variant="subtle"
            color="gray"
            c="var(--text-muted)"
            aria-label="Keys"
            onClick={onHelp}
          >
            <IconKeyboard size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={scheme === "dark" ? "Light theme" : "Dark theme"}>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--text-muted)"
            aria-label={scheme === "dark" ? "Light theme" : "Dark theme"}
            onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
          >
            {scheme === "dark" ? <IconSun size={17} /> : <IconMoon size={17} />}
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

function Crumbs() {
  const crumbs = useCrumbs();
  return (
    <nav className={styles.crumbs} aria-label="Where you are">
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.label} aria-current={crumb.href === undefined ? "page" : undefined}>
            {crumb.href === undefined ? crumb.label : <Link to={crumb.href}>{crumb.label}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

const liveness = {
  connecting: { word: "Connecting", className: styles.connecting },
  live: { word: "Live", className: styles.live },
  lost: { word: "Offline", className: styles.lost },
};

function LiveIndicator() {
  const { word, className } = liveness[useLiveness()];
  return (
    <Tooltip
      label={word === "Live" ? "Changes appear as they happen" : "What you see may be old; trying to connect"}
    >
      <span className={`${styles.indicator} ${className}`} role="status">
        <i />
        <span className={styles.indicatorWord}>{word}</span>
      </span>
    </Tooltip>
  );
}
