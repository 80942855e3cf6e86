import { ConfirmButton, KeyHint, StatusMark, statusFacts } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconPlayerStop, IconRefresh, IconTrash, IconX } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useCommands } from "../commands/commands";
import { useDelete, useReexecute, useTerminate } from "./acting";
import { canTerminate, type RunRow } from "./facts";
import { conditionsOf } from "./filters";
import { RunsQuery } from "./RunsQuery";
import styles from "./runs.module.css";
import { type RunStatusFilter, runStatusFilters } from "./search";

const route = getRouteApi("/runs/");

interface RunsToolbarProps {
  rows: readonly RunRow[];
  chosen: readonly RunRow[];
  onDone: () => void;
}

/** Which runs are listed, and what can be done with those that are selected. */
export function RunsToolbar({ chosen, onDone }: RunsToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <RunsQuery />
      <StatusFilters />
      <Conditions />
      {chosen.length > 0 && <Bulk chosen={chosen} onDone={onDone} />}
    </div>
  );
}

function StatusFilters() {
  const { status = [] } = route.useSearch();
  const navigate = useNavigate({ from: "/runs/" });
  const toggle = (each: RunStatusFilter) => {
    const next = status.includes(each) ? status.filter((other) => other !== each) : [...status, each];
    void navigate({
      search: (old) => ({ ...old, status: next.length > 0 ? next : undefined, before: undefined }),
    });
  };
  return (
    <div className={styles.filters} role="group" aria-label="Filter by status">
      {runStatusFilters.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.filter}
          aria-pressed={status.includes(each)}
          onClick={() => toggle(each)}
        >
          <StatusMark status={each} size={13} />
          {each === "ok" ? "Success" : statusFacts[each].word}
        </button>
      ))}
    </div>
  );
}

function Conditions() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/" });
  const conditions = conditionsOf(search);
  if (conditions.length === 0) return null;
  return (
    <div className={styles.conditions} role="group" aria-label="Conditions">
      {conditions.map(({ text, without }) => (
        <span key={text} className={styles.condition}>
          <span className="ellipsis">{text}</span>
          <button
            type="button"
            aria-label={`Without ${text}`}
            onClick={() => void navigate({ search: (old) => ({ ...old, ...without }) })}
          >
            <IconX size={12} />
          </button>
        </span>
      ))}
    </div>
  );
}

/** What can be done with the selected runs together. */
function Bulk({ chosen, onDone }: { chosen: readonly RunRow[]; onDone: () => void }) {
  const terminate = useTerminate();
  const reexecute = useReexecute();
  const remove = useDelete();
  const stopButton = useRef<HTMLButtonElement>(null);
  const deleteButton = useRef<HTMLButtonElement>(null);
  const going = chosen.filter(canTerminate);
  const act = async (doing: Promise<unknown>) => {
    await doing;
    onDone();
  };
  const again = () => void act(reexecute(chosen));
  const press = (button: HTMLButtonElement | null) => {
    button?.focus();
    button?.click();
  };
  useCommands([
    { id: "runs-again", label: `Re-execute ${words(chosen)}`, group: "Selected runs", keys: "e", run: again },
    {
      id: "runs-stop",
      label: `Terminate ${words(going)}`,
      group: "Selected runs",
      keys: "t",
      run: () => press(stopButton.current),
    },
    {
      id: "runs-delete",
      label: `Delete ${words(chosen)}`,
      group: "Selected runs",
      keys: "shift+d",
      run: () => press(deleteButton.current),
    },
  ]);
  return (
    <div className={styles.bulk} role="group" aria-label="Selected runs">
      <span className="muted number">{chosen.length} selected</span>
      <Button
        size="xs"
        leftSection={<IconRefresh size={14} />}
        rightSection={<KeyHint keys="e" />}
        onClick={again}
      >
        Re-execute
      </Button>
      {going.length > 0 && (
        <ConfirmButton
          size="xs"
          buttonRef={stopButton}
          leftSection={<IconPlayerStop size={14} />}
          question={`Terminate ${words(going)}?`}
          onConfirm={() => void act(terminate(going))}
        >
          Terminate
        </ConfirmButton>
      )}
      <ConfirmButton
        size="xs"
        buttonRef={deleteButton}
        leftSection={<IconTrash size={14} />}
        question={`Delete ${words(chosen)} for good?`}
        onConfirm={() => void act(remove(chosen))}
      >
        Delete
      </ConfirmButton>
    </div>
  );
}

function words(runs: readonly RunRow[]): string {
  return runs.length === 1 ? "1 run" : `${runs.length} runs`;
}
