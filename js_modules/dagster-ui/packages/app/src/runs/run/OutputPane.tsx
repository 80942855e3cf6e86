import { EmptyState, LogView, Skeletons } from "@dagster-ui/kit";
import { SegmentedControl, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { StepChip } from "./LogPane";
import { fileFor, filesOf, type OutputFile, type RunLog } from "./log";
import styles from "./run.module.css";
import type { Progress } from "./steps";
import { useOutput } from "./useRunLog";

const route = getRouteApi("/runs/$runId");

/** What the processes of the run print, as they print it. */
export function OutputPane({ runId, log, progress }: { runId: string; log: RunLog; progress: Progress }) {
  const { step, stream } = route.useSearch();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const files = useMemo(() => filesOf(log.entries), [log.entries]);
  const failed = progress.steps.filter((each) => each.status === "failed").map((each) => each.key);
  const file = files.find((each) => each.key === chosen) ?? fileFor(files, step, failed);
  const output = useOutput(runId, file?.key);
  const text = stream === "stderr" ? output.stderr : output.stdout;
  return (
    <div className={styles.pane}>
      <OutputBar runId={runId} files={files} file={file} onChoose={setChosen} />
      <div className={styles.fill}>
        <div className={styles.scroll}>
          {file === undefined ? (
            <NoOutput isWaiting={!log.isComplete} step={step} />
          ) : text !== "" ? (
            <LogView key={`${file.key}${stream}`} text={text} label={stream ?? "stdout"} />
          ) : output.isLoaded ? (
            <EmptyState title={`Nothing on ${stream ?? "stdout"}`}>
              {namesOf(file)} printed nothing there so far.
            </EmptyState>
          ) : (
            <Skeletons lines={8} />
          )}
        </div>
      </div>
    </div>
  );
}

function NoOutput({ isWaiting, step }: { isWaiting: boolean; step: string | undefined }) {
  if (isWaiting) return <Skeletons lines={8} />;
  return (
    <EmptyState title="No output is captured yet">
      {step === undefined
        ? "What steps print appears here as soon as the first process of the run begins."
        : `No process of ${step} has begun.`}
    </EmptyState>
  );
}

function namesOf(file: OutputFile): string {
  const [first = "The run", ...others] = file.steps;
  return others.length > 0 ? `${first} and ${others.length} more` : first;
}

interface OutputBarProps {
  runId: string;
  files: readonly OutputFile[];
  file: OutputFile | undefined;
  onChoose: (key: string | undefined) => void;
}

function OutputBar({ runId, files, file, onChoose }: OutputBarProps) {
  const { step, stream } = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$runId" });
  return (
    <div className={styles.paneBar}>
      <SegmentedControl
        size="xs"
        aria-label="Stream"
        value={stream ?? "stdout"}
        onChange={(value) =>
          void navigate({
            search: (old) => ({ ...old, stream: value === "stderr" ? ("stderr" as const) : undefined }),
          })
        }
        data={["stdout", "stderr"]}
      />
      {files.length > 1 && (
        <Select
          className={styles.files}
          size="xs"
          w={240}
          aria-label="Whose output"
          searchable
          data={files.map((each) => ({ value: each.key, label: namesOf(each) }))}
          value={file?.key ?? null}
          onChange={(key) => onChoose(key ?? undefined)}
        />
      )}
      {step !== undefined && <StepChip step={step} />}
      <span className={styles.spacer} />
      {file && (
        <a
          className="link"
          href={`logs/${runId}/compute_logs/${file.key}.${stream === "stderr" ? "err" : "out"}`}
          download
        >
          <IconDownload size={13} style={{ verticalAlign: -2 }} /> Download
        </a>
      )}
    </div>
  );
}
