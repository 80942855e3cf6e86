import { metadataItems, useQuestion } from "@dagster-ui/client";
import { Ago, MetadataList, Plot, Skeletons, Sparkline, StatusBadge, StatusWord, Tag } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useFresh } from "../../../live/fresh";
import { AssetLink, metadataLinks, RunLink } from "../../../shell/links";
import type { AssetFacts } from "../../facts";
import assetStyles from "../AssetPage.module.css";
import { isAbout } from "../partitions/use";
import styles from "./Checks.module.css";
import { CheckHistoryDocument } from "./checks.gql";
import { type Check, checkState, checkTrends, type Execution, timeOf } from "./facts";

/** How many executions are looked back at. */
const historyLength = 100;

interface CheckPanelProps {
  facts: AssetFacts;
  check: Check;
  onRun: () => void;
  isBusy: boolean;
}

/** A check in full: what it says, what it found last, and what it found before. */
export function CheckPanel({ facts, check, onRun, isBusy }: CheckPanelProps) {
  const variables = useMemo(
    () => ({ assetKey: { path: [...facts.path] }, name: check.name, limit: historyLength }),
    [facts.path, check.name],
  );
  const { data, refresh } = useQuestion(CheckHistoryDocument, variables);
  useFresh(refresh, (changes) => isAbout(changes, facts.key));
  const latest = check.executionForLatestMaterialization;
  const state = checkState(latest);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <StatusBadge {...state} />
        {check.blocking && <Tag title="What depends on the asset is not made when it fails">Blocking</Tag>}
        {latest && <Ago at={timeOf(latest)} />}
        {check.canExecuteIndividually === "CAN_EXECUTE" && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerPlay size={12} />}
            loading={isBusy}
            onClick={onRun}
          >
            Run
          </Button>
        )}
      </div>
      {check.description && <p>{check.description}</p>}
      {check.additionalAssetKeys.length > 0 && (
        <p className="muted">
          Also looks at{" "}
          {check.additionalAssetKeys.map((key) => (
            <AssetLink key={key.path.join("/")} path={key.path} />
          ))}
        </p>
      )}
      {data ? <History executions={data.assetCheckExecutions} /> : <Skeletons lines={4} />}
    </div>
  );
}

function History({ executions }: { executions: readonly Execution[] }) {
  const trends = useMemo(() => checkTrends(executions), [executions]);
  const [plotted, setPlotted] = useState<string | undefined>(undefined);
  const [open, setOpen] = useState<string | undefined>(executions[0]?.id);
  const points = plotted === undefined ? undefined : trends.get(plotted);
  if (executions.length === 0) return <p className="muted">It was never run.</p>;
  return (
    <>
      {plotted !== undefined && points && <Plot points={points} label={plotted} height={150} />}
      <h3 className={styles.title}>Executions</h3>
      <ol className={styles.history}>
        {executions.map((execution) => {
          const items = metadataItems(execution.evaluation?.metadataEntries ?? []);
          const isOpen = open === execution.id;
          return (
            <li key={execution.id}>
              <button
                type="button"
                className={styles.execution}
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? undefined : execution.id)}
              >
                <StatusWord {...checkState(execution)} />
                {execution.partition !== null && <code className="ellipsis">{execution.partition}</code>}
                <span className="muted">
                  <Ago at={timeOf(execution)} />
                </span>
              </button>
              {isOpen && (
                <div className={styles.found}>
                  {execution.evaluation?.description && <p>{execution.evaluation.description}</p>}
                  <p className="muted">
                    {execution.evaluation && `Severity ${severityWord(execution)}. `}
                    {execution.runId !== "" && (
                      <>
                        Run <RunLink runId={execution.runId} />
                      </>
                    )}
                  </p>
                  <MetadataList
                    items={items}
                    links={metadataLinks}
                    extra={(item) => {
                      const trend = trends.get(item.label);
                      if (item.value.kind !== "number" || !trend || trend.length < 2) return null;
                      const isShown = plotted === item.label;
                      return (
                        <button
                          type="button"
                          className={assetStyles.trend}
                          aria-pressed={isShown}
                          onClick={() => setPlotted(isShown ? undefined : item.label)}
                          title={isShown ? "Hide the plot" : "Plot it over time"}
                        >
                          <Sparkline
                            values={trend.map(([, value]) => value)}
                            label={`${item.label} over ${trend.length} executions`}
                          />
                        </button>
                      );
                    }}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function severityWord(execution: Execution): string {
  return execution.evaluation?.severity === "WARN" ? "warning" : "error";
}
