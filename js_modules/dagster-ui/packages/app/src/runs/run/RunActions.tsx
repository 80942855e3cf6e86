import { isRunActive } from "@dagster-ui/client";
import { ConfirmButton } from "@dagster-ui/kit";
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconPlayerStop, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useCommands } from "../../commands/commands";
import { useDelete, useReexecute, useReload, useTerminate } from "../acting";
import { canResume, canTerminate } from "../facts";
import { type Again, againsOf } from "./agains";
import type { RunDetails } from "./RunPage";
import styles from "./run.module.css";

/** Of the ways to execute a run again, the one to offer first first. */
const againKeys = ["r", "shift+r", "a", "shift+a"];

/** What one does with a run: stop it, or execute it again; after a failure, from there. */
export function RunActions({ run, isReloaded }: { run: RunDetails; isReloaded: boolean }) {
  const navigate = useNavigate();
  const reexecute = useReexecute();
  const reload = useReload();
  const terminate = useTerminate();
  const [busy, setBusy] = useState(false);
  const location = run.repositoryOrigin?.repositoryLocationName;
  const agains = againsOf(canResume(run), isReloaded, location !== undefined);
  const [first] = agains;
  const start = async ({ strategy, reloads }: Again) => {
    setBusy(true);
    const isReady = !reloads || location === undefined || (await reload(location));
    const [runId] = isReady ? await reexecute([run], strategy) : [];
    setBusy(false);
    if (runId !== undefined) void navigate({ to: "/runs/$runId", params: { runId } });
  };
  const isStoppable = canTerminate(run) && run.hasTerminatePermission;
  useCommands([
    ...(run.hasReExecutePermission && !isStoppable
      ? agains.map((again, index) => ({
          id: `run-${again.label}`,
          label: again.label,
          group: "Run",
          keys: againKeys[index],
          run: () => void start(again),
        }))
      : []),
    ...(isStoppable
      ? [
          {
            id: "run-terminate",
            label: "Terminate this run",
            group: "Run",
            keys: "t",
            run: () => void terminate([run]),
          },
        ]
      : []),
  ]);
  return (
    <div className={styles.actions}>
      {isStoppable && (
        <Button
          color="red"
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          onClick={() => void terminate([run])}
        >
          Terminate
        </Button>
      )}
      {run.hasReExecutePermission && !isStoppable && first && (
        <div className={styles.split}>
          <Button
            leftSection={<IconRefresh size={14} />}
            loading={busy}
            title={first.why}
            onClick={() => void start(first)}
          >
            {first.label}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button px={7} aria-label="Other ways to execute this run again">
                <IconChevronDown size={15} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {agains.slice(1).map((again) => (
                <Menu.Item key={again.label} onClick={() => void start(again)}>
                  {again.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      {run.hasDeletePermission && !isRunActive(run.status) && <DeleteButton run={run} />}
    </div>
  );
}

function DeleteButton({ run }: { run: RunDetails }) {
  const navigate = useNavigate();
  const remove = useDelete();
  const button = useRef<HTMLButtonElement>(null);
  useCommands([
    {
      id: "run-delete",
      label: "Delete this run",
      group: "Run",
      keys: "shift+d",
      run: () => {
        button.current?.focus();
        button.current?.click();
      },
    },
  ]);
  const act = async () => {
    const gone = await remove([run]);
    if (gone.length > 0) void navigate({ to: "/runs" });
  };
  return (
    <ConfirmButton
      aria-label="Delete this run"
      buttonRef={button}
      px={8}
      question="Delete it for good?"
      onConfirm={() => void act()}
    >
      <IconTrash size={15} />
    </ConfirmButton>
  );
}
