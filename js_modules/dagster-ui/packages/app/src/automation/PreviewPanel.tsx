import { problemOf, useAct } from "@dagster-ui/client";
import type { PreviewFragment } from "@dagster-ui/client/schema";
import { Code, ErrorCard, StatusWord, Tag, toast } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useState } from "react";
import { useCommands } from "../commands/commands";
import styles from "./Automation.module.css";
import { PreviewScheduleDocument, PreviewSensorDocument } from "./automation.gql";
import type { Instigator } from "./facts";
import { scheduleSelector, sensorSelector } from "./switching";

/** Asks the schedule or sensor what it would do now, without doing it. */
export function PreviewPanel({ of }: { of: Instigator }) {
  const schedule = useAct(PreviewScheduleDocument);
  const sensor = useAct(PreviewSensorDocument);
  const [preview, setPreview] = useState<PreviewFragment>();
  const [isAsking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    try {
      const answer =
        of.kind === "schedule"
          ? (await schedule({ selector: scheduleSelector(of), timestamp: Date.now() / 1000 })).scheduleDryRun
          : (await sensor({ selector: sensorSelector(of) })).sensorDryRun;
      if (answer.__typename === "DryRunInstigationTick") setPreview(answer);
      else toast("failed", "message" in answer ? answer.message : "There was no answer.");
    } catch (error) {
      toast("failed", error instanceof Error ? error.message : String(error));
    } finally {
      setAsking(false);
    }
  };
  useCommands([
    {
      id: "preview",
      label: `Preview a tick of ${of.name}`,
      group: "Automation",
      keys: "p",
      icon: <IconEye size={15} />,
      run: () => void ask(),
    },
  ]);
  return (
    <section className={styles.preview} aria-label="Preview">
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconEye size={14} />}
          loading={isAsking}
          onClick={() => void ask()}
        >
          Preview a tick
        </Button>
        <span className="muted">Evaluates it now; nothing is launched or remembered.</span>
      </div>
      {preview && <Previewed preview={preview} />}
    </section>
  );
}

function Previewed({ preview: { evaluationResult: result } }: { preview: PreviewFragment }) {
  if (!result) return <p className="muted">It gave no answer.</p>;
  if (result.error) return <ErrorCard title="The preview failed" problem={problemOf(result.error)} />;
  const requests = result.runRequests ?? [];
  return (
    <div className={styles.previewed}>
      {requests.length === 0 ? (
        <>
          <StatusWord status="skipped" word="It would ask for no run" />
          {result.skipReason && <p className="muted">{result.skipReason}</p>}
        </>
      ) : (
        <StatusWord
          status="ok"
          word={`It would ask for ${requests.length === 1 ? "1 run" : `${requests.length} runs`}`}
        />
      )}
      {requests.slice(0, 10).map((request, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: requests have no identity and never move
        <div key={index} className={styles.request}>
          <div className={styles.requestHead}>
            {request.jobName && <strong>{request.jobName}</strong>}
            {request.runKey && <Tag title="Run key">{request.runKey}</Tag>}
            {request.tags.map((tag) => (
              <Tag key={tag.key}>
                {tag.key}: {tag.value}
              </Tag>
            ))}
          </div>
          {request.assetSelection && (
            <p className="muted">{request.assetSelection.map((key) => key.path.join("/")).join(", ")}</p>
          )}
          {request.runConfigYaml.trim() !== "{}" && <Code text={request.runConfigYaml} />}
        </div>
      ))}
      {requests.length > 10 && <p className="muted">and {requests.length - 10} more</p>}
      {result.cursor !== null && (
        <p className="muted">
          Its cursor would become <code>{result.cursor}</code>
        </p>
      )}
    </div>
  );
}
