import { type Block, countOfRectangles, joined, partOf, Skeletons, type Standing } from "@dagster-ui/kit";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import type { AssetFacts } from "../../facts";
import { ActionDialog } from "../ActionDialog";
import { rectanglesOfBlock, useMaterializePartitions } from "./acting";
import { PartitionPicker } from "./PartitionPicker";
import styles from "./Partitions.module.css";
import { mostRuns, type Plan, planRuns } from "./plans";
import { firstView, nothingChosen, type Partitioning, usePartitioning, useStanding, type View } from "./use";
import { readBlock } from "./useAddress";

const route = getRouteApi("/assets/$");

interface MaterializeDialogProps {
  facts: AssetFacts;
  onClose: () => void;
}

/** Chooses partitions and materializes them; those that are chosen on the page are chosen here too, else what is missing. */
export function MaterializeDialog({ facts, onClose }: MaterializeDialogProps) {
  const { partitioning } = usePartitioning(facts.path);
  const { across, down } = route.useSearch();
  const [view, setView] = useState<View | undefined>(undefined);
  const [chosen, choose] = useState<Block>(nothingChosen);
  const materialize = useMaterializePartitions(facts);
  const rectangles = useMemo(() => rectanglesOfBlock(chosen), [chosen]);
  const plan = partitioning && planRuns(rectangles, partitioning.policy);
  const shown = view ?? (partitioning && firstView(partitioning.axes, across, down));
  const count = countOfRectangles(rectangles);
  return (
    <ActionDialog
      title={`Materialize partitions of ${facts.key}`}
      size="52rem"
      onClose={onClose}
      word={
        count === 0
          ? "Materialize"
          : `Materialize ${count === 1 ? "1 partition" : `${count.toLocaleString("en")} partitions`}`
      }
      isReady={plan !== undefined && plan.refusal === undefined}
      onDo={async () =>
        partitioning !== undefined &&
        shown !== undefined &&
        plan !== undefined &&
        plan.refusal === undefined &&
        materialize(partitioning, shown, rectangles, plan.runs)
      }
    >
      {partitioning && shown && (shown.rows?.numPartitions ?? 1) * shown.columns.numPartitions > 0 ? (
        <Choosing
          facts={facts}
          partitioning={partitioning}
          view={shown}
          onView={setView}
          chosen={chosen}
          onChoose={choose}
        />
      ) : partitioning ? (
        <p className="muted">There are no partitions yet.</p>
      ) : (
        <Skeletons lines={6} />
      )}
      {plan && count > 0 && <PlanSentence plan={plan} count={count} />}
    </ActionDialog>
  );
}

interface ChoosingProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  view: View;
  onView: (view: View) => void;
  chosen: Block;
  onChoose: (chosen: Block) => void;
}

function Choosing({ facts, partitioning, view, onView, chosen, onChoose }: ChoosingProps) {
  const standing = useStanding(partitioning, view);
  const { pick } = route.useSearch();
  const [isBegun, setBegun] = useState(false);
  useEffect(() => {
    if (isBegun || !standing) return;
    setBegun(true);
    if (pick) void readBlock(partitioning, view, pick).then(onChoose);
    else onChoose(firstChoice(standing, view));
  }, [isBegun, standing, pick, partitioning, view, onChoose]);
  if (!standing) return <Skeletons lines={6} />;
  return (
    <PartitionPicker
      label={`Partitions of ${facts.key} to materialize`}
      partitioning={partitioning}
      view={view}
      onView={(next) => {
        onView(next);
        onChoose(nothingChosen);
      }}
      standing={standing}
      chosen={chosen}
      onChoose={onChoose}
      maxHeight={220}
    />
  );
}

/** What is missing or failed where it can be launched at once, else the last partition of the dimension across. */
export function firstChoice(standing: Standing, view: View): Block {
  const rows: Block["rows"] = [[0, view.rows?.numPartitions ?? 1]];
  const count = view.columns.numPartitions;
  const last: Block = { rows, columns: [[count - 1, count]] };
  if (view.rows) return last;
  const open = partOf(standing, { rows, columns: [[0, count]] }, ["missing", "failed"]);
  const found = countOfRectangles(open);
  return found > 0 && found <= mostRuns ? { rows, columns: joined(open.map((each) => each.columns)) } : last;
}

function PlanSentence({ plan, count }: { plan: Plan; count: number }) {
  if (plan.refusal !== undefined) return <p className={styles.refusal}>{plan.refusal}</p>;
  const runs = plan.runs.length;
  const how =
    runs === count
      ? runs === 1
        ? "One run."
        : `${runs} runs, one per partition.`
      : `${runs === 1 ? "One run" : `${runs} runs`}, as the backfill policy of the asset says.`;
  return <p className={`muted ${styles.plan}`}>{how}</p>;
}
