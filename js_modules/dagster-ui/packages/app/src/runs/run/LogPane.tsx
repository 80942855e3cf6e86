import { metadataItems } from "@dagster-ui/client";
import {
  EmptyState,
  ErrorCard,
  ErrorState,
  formatClockMillis,
  KeyHint,
  MetadataList,
  Skeletons,
  useTimeZone,
} from "@dagster-ui/kit";
import { Button, Select, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconSearch, IconX } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "../../commands/commands";
import { oneOf } from "../../search/search";
import { metadataLinks } from "../../shell/links";
import { logKinds, logLevels } from "../search";
import { type Entry, filterEntries, nextError, wordsOfEvent } from "./entries";
import type { RunLog } from "./log";
import styles from "./run.module.css";

const route = getRouteApi("/runs/$runId");

/** The structured log: filtered by the address, following its end while the run goes on. */
export function LogPane({ log, isActive }: { log: RunLog; isActive: boolean }) {
  const { step, level, kind, q } = route.useSearch();
  const isNarrow = useMediaQuery("(max-width: 760px)") ?? false;
  const entries = useMemo(
    () => filterEntries(log.entries, { step, level, kind, q }),
    [log.entries, step, level, kind, q],
  );
  return (
    <div className={`${styles.pane} ${isNarrow ? styles.narrow : ""}`}>
      <LogBar shown={entries.length} all={log.entries.length} />
      <div className={styles.fill}>
        {log.problem !== undefined && log.entries.length === 0 ? (
          <ErrorState title="The log could not be loaded" message={log.problem} />
        ) : log.entries.length === 0 && !log.isComplete ? (
          <Skeletons lines={8} />
        ) : entries.length === 0 ? (
          <NoEntries isEmpty={log.entries.length === 0} />
        ) : (
          <LogList entries={entries} isFollowing={isActive} />
        )}
      </div>
    </div>
  );
}

function NoEntries({ isEmpty }: { isEmpty: boolean }) {
  const navigate = useNavigate({ from: "/runs/$runId" });
  if (isEmpty)
    return (
      <EmptyState title="Nothing is logged yet">Lines appear here as soon as the run begins.</EmptyState>
    );
  return (
    <EmptyState
      title="No line matches"
      actions={
        <Button
          variant="default"
          onClick={() =>
            void navigate({
              search: (old) => ({ ...old, q: undefined, level: undefined, kind: undefined, step: undefined }),
            })
          }
        >
          Show the whole log
        </Button>
      }
    />
  );
}

const levelWords = { info: "Info and above", warning: "Warnings and errors", error: "Errors" };
const kindWords = { steps: "Steps", assets: "Assets", messages: "Logged lines", engine: "Engine" };

function LogBar({ shown, all }: { shown: number; all: number }) {
  const { level, kind, q, step } = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$runId" });
  const field = useRef<HTMLInputElement>(null);
  useCommands([
    { id: "log-find", label: "Find in the log", group: "Run", keys: "f", run: () => field.current?.focus() },
  ]);
  return (
    <div className={styles.paneBar}>
      <TextInput
        ref={field}
        className={styles.search}
        size="xs"
        aria-label="Find in the log"
        placeholder="Find in the log"
        leftSection={<IconSearch size={14} />}
        rightSection={<KeyHint keys="f" />}
        defaultValue={q ?? ""}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          void navigate({
            search: (old) => ({ ...old, q: typed === "" ? undefined : typed }),
            replace: true,
          });
        }}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        spellCheck={false}
      />
      <Select
        size="xs"
        w={160}
        aria-label="Level"
        placeholder="All levels"
        clearable
        data={logLevels.map((value) => ({ value, label: levelWords[value] }))}
        value={level ?? null}
        onChange={(value) => void navigate({ search: (old) => ({ ...old, level: oneOf(value, logLevels) }) })}
      />
      <Select
        size="xs"
        w={140}
        aria-label="Kind of line"
        placeholder="All kinds"
        clearable
        data={logKinds.map((value) => ({ value, label: kindWords[value] }))}
        value={kind ?? null}
        onChange={(value) => void navigate({ search: (old) => ({ ...old, kind: oneOf(value, logKinds) }) })}
      />
      {step !== undefined && <StepChip step={step} />}
      <span className={styles.spacer} />
      <span className={`${styles.count} number`}>
        {shown === all
          ? `${all.toLocaleString("en")} ${all === 1 ? "line" : "lines"}`
          : `${shown.toLocaleString("en")} of ${all.toLocaleString("en")} lines`}
      </span>
    </div>
  );
}

/** The step to which the page is narrowed, with a way out. */
export function StepChip({ step }: { step: string }) {
  const navigate = useNavigate({ from: "/runs/$runId" });
  return (
    <span className={styles.step}>
      <span className="ellipsis mono">{step}</span>
      <button
        type="button"
        aria-label="Show all steps"
        onClick={() => void navigate({ search: (old) => ({ ...old, step: undefined }) })}
      >
        <IconX size={12} />
      </button>
    </span>
  );
}

function LogList({ entries, isFollowing }: { entries: readonly Entry[]; isFollowing: boolean }) {
  const scroll = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(isFollowing);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState(-1);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    getItemKey: (index) => entries[index]?.index ?? index,
    estimateSize: () => 28,
    overscan: 12,
    initialRect: { width: 800, height: 500 },
  });
  useEffect(() => {
    if (isFollowing && isAtEnd.current && entries.length > 0) virtualizer.scrollToIndex(entries.length - 1);
  }, [entries.length, isFollowing, virtualizer]);
  const toggle = (index: number) => {
    const next = new Set(opened);
    if (!next.delete(index)) next.add(index);
    setOpened(next);
  };
  useCommands([
    {
      id: "log-error",
      label: "Go to the next error",
      group: "Run",
      keys: "e",
      run: () => {
        const place = nextError(entries, current);
        if (place === undefined) return;
        isAtEnd.current = false;
        setCurrent(place);
        virtualizer.scrollToIndex(place, { align: "center" });
      },
    },
  ]);
  return (
    <div
      ref={scroll}
      className={styles.scroll}
      role="log"
      aria-label="Log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 48;
      }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          if (!entry) return null;
          const isOpen = opened.has(entry.index);
          const classes = [styles.entry, styles[entry.level], isOpen && styles.open];
          if (item.index === current) classes.push(styles.current);
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes.filter(Boolean).join(" ")}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <EntryLine entry={entry} isOpen={isOpen} onToggle={() => toggle(entry.index)} />
              {isOpen && <EntryDetails entry={entry} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const longMessage = 160;

function EntryLine({ entry, isOpen, onToggle }: { entry: Entry; isOpen: boolean; onToggle: () => void }) {
  const zone = useTimeZone();
  const hasMore =
    entry.problem !== undefined || entry.metadata.length > 0 || entry.message.length > longMessage;
  const word = wordsOfEvent(entry.event ?? entry.level);
  return (
    <div className={styles.entryLine}>
      <time className={styles.time}>{formatClockMillis(entry.at, zone)}</time>
      <span className={`${styles.entryEvent} ellipsis`} title={word}>
        {word}
      </span>
      <span className={`${styles.entryStep} ellipsis`}>
        {entry.step !== undefined && <StepLink step={entry.step} />}
      </span>
      <span className={styles.message}>
        {entry.asset !== undefined && entry.event !== "ASSET_MATERIALIZATION_PLANNED" && (
          <>
            <Link className="link" to="/assets/$" params={{ _splat: entry.asset }}>
              {entry.asset}
            </Link>{" "}
            {entry.partition !== undefined && <code>{entry.partition}</code>}{" "}
          </>
        )}
        {entry.message === "" ? <span className={styles.bare}>{word}</span> : entry.message}
      </span>
      {hasMore ? (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isOpen}
          aria-label={isOpen ? "Show less" : "Show more"}
          onClick={onToggle}
        >
          {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </button>
      ) : (
        <span />
      )}
    </div>
  );
}

function StepLink({ step }: { step: string }) {
  const navigate = useNavigate({ from: "/runs/$runId" });
  return (
    <button
      type="button"
      className="ellipsis"
      title={`Only ${step}`}
      onClick={() => void navigate({ search: (old) => ({ ...old, step }) })}
    >
      {step}
    </button>
  );
}

function EntryDetails({ entry }: { entry: Entry }) {
  return (
    <div className={styles.details}>
      {entry.metadata.length > 0 && (
        <MetadataList items={metadataItems(entry.metadata)} links={metadataLinks} />
      )}
      {entry.problem && <ErrorCard problem={entry.problem} initiallyOpen />}
    </div>
  );
}
