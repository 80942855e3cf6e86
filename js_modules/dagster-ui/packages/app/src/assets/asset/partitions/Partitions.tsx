import {
  type Block,
  EmptyState,
  ErrorState,
  Panel,
  partOf,
  type Rectangle,
  Skeletons,
  type Standing,
  tallyOf,
} from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconEraser, IconPencilCheck, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useCommands } from "../../../commands/commands";
import type { AssetFacts } from "../../facts";
import { rectanglesOfBlock, useMaterializePartitions } from "./acting";
import { AddPartitionDialog, ReportPartitionsDialog, WipePartitionsDialog } from "./dialogs";
import { PartitionDetails } from "./PartitionDetails";
import { PartitionPicker } from "./PartitionPicker";
import styles from "./Partitions.module.css";
import { planRuns } from "./plans";
import { onlyChosen, type Partitioning, usePartitioning, useStanding, type View } from "./use";
import { useChosenInAddress, useViewInAddress } from "./useAddress";

/** The partitions of an asset: where they stand, what can be done with them, and what is known of one. */
export function Partitions({ facts }: { facts: AssetFacts }) {
  const { partitioning, problem, refresh } = usePartitioning(facts.path);
  if (problem !== undefined && !partitioning)
    return <ErrorState title="The partitions could not be loaded" message={problem} onRetry={refresh} />;
  if (!partitioning) return <Skeletons lines={10} />;
  if (partitioning.axes.length === 0)
    return (
      <EmptyState title="This asset has no partitions">
        It is made as a whole. Give it a partitions_def to make it in slices.
      </EmptyState>
    );
  return <OfView facts={facts} partitioning={partitioning} onAdded={refresh} />;
}

interface OfViewProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  onAdded: () => void;
}

function OfView({ facts, partitioning, onAdded }: OfViewProps) {
  const [view, setView] = useViewInAddress(partitioning);
  const dynamic = partitioning.axes.find((axis) => axis.dynamicPartitionsDefinitionName !== null);
  const name = dynamic?.dynamicPartitionsDefinitionName ?? undefined;
  const [isAdding, setAdding] = useState(false);
  useCommands(
    name === undefined
      ? []
      : [
          {
            id: "add-partition",
            label: `Add a partition to ${name}`,
            group: "Partitions",
            run: () => setAdding(true),
          },
        ],
  );
  const adding = name !== undefined && (
    <>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => setAdding(true)}
      >
        Add a partition
      </Button>
      {isAdding && (
        <AddPartitionDialog facts={facts} name={name} onAdded={onAdded} onClose={() => setAdding(false)} />
      )}
    </>
  );
  const empty = partitioning.axes.find((axis) => axis.numPartitions === 0);
  if (empty || !view)
    return (
      <EmptyState title="There are no partitions yet" actions={adding}>
        {partitioning.description === ""
          ? "None exists at this moment."
          : `${partitioning.description}: none exists at this moment.`}
      </EmptyState>
    );
  return <Body facts={facts} partitioning={partitioning} view={view} onView={setView} adding={adding} />;
}

interface BodyProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  view: View;
  onView: (view: View) => void;
  adding: React.ReactNode;
}

function Body({ facts, partitioning, view, onView, adding }: BodyProps) {
  const standing = useStanding(partitioning, view);
  const [chosen, choose] = useChosenInAddress(partitioning, view);
  const one = onlyChosen(chosen);
  return (
    <div className={styles.columns}>
      <Panel title="Partitions" actions={adding}>
        {standing ? (
          <div className={styles.stack}>
            <Counts standing={standing} view={view} />
            <PartitionPicker
              label={`Partitions of ${facts.key}`}
              partitioning={partitioning}
              view={view}
              onView={onView}
              standing={standing}
              chosen={chosen}
              onChoose={choose}
            />
          </div>
        ) : (
          <Skeletons lines={8} />
        )}
      </Panel>
      <div className={styles.column}>
        {standing && (
          <Chosen facts={facts} partitioning={partitioning} view={view} standing={standing} chosen={chosen} />
        )}
        {one && <PartitionDetails facts={facts} partitioning={partitioning} view={view} place={one} />}
      </div>
    </div>
  );
}

function Counts({ standing, view }: { standing: Standing; view: View }) {
  const tally = useMemo(
    () =>
      tallyOf(standing, {
        rows: [[0, view.rows?.numPartitions ?? 1]],
        columns: [[0, view.columns.numPartitions]],
      }),
    [standing, view],
  );
  const told: [number, string][] = [
    [tally.materialized, "materialized"],
    [tally.failed, "failed"],
    [tally.materializing, "materializing"],
    [tally.missing, "missing"],
  ];
  return (
    <p className={styles.counts} role="status" aria-label="Partitions by status">
      <span>
        <b>{tally.all.toLocaleString("en")}</b> partitions{" "}
        {view.fixed.length > 0 && `at one ${view.fixed.map(({ axis }) => axis.name).join(" and ")}`}
      </span>
      {told.map(
        ([count, word]) =>
          count > 0 && (
            <span key={word}>
              <b>{count.toLocaleString("en")}</b> {word}
            </span>
          ),
      )}
    </p>
  );
}

interface ChosenProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  view: View;
  standing: Standing;
  chosen: Block;
}

/** What can be done with the chosen partitions. */
function Chosen({ facts, partitioning, view, standing, chosen }: ChosenProps) {
  const materialize = useMaterializePartitions(facts);
  const [isBusy, setBusy] = useState(false);
  const [dialog, setDialog] = useState<"wipe" | "report" | undefined>(undefined);
  const tally = tallyOf(standing, chosen);
  const rectangles = useMemo(() => rectanglesOfBlock(chosen), [chosen]);
  const open = useMemo(() => partOf(standing, chosen, ["missing", "failed"]), [standing, chosen]);
  const hasPartly = tally.missing + tally.failed > 0 && tally.missing + tally.failed < tally.all;
  const start = async (wanted: readonly Rectangle[]) => {
    const plan = planRuns(wanted, partitioning.policy);
    if (plan.refusal !== undefined) return;
    setBusy(true);
    await materialize(partitioning, view, wanted, plan.runs);
    setBusy(false);
  };
  const canStart = facts.isMaterializable && tally.all > 0;
  const count = (number: number) =>
    number === 1 ? "1 partition" : `${number.toLocaleString("en")} partitions`;
  useCommands(
    tally.all === 0
      ? []
      : [
          ...(canStart
            ? [
                {
                  id: "materialize-chosen",
                  label: `Materialize ${count(tally.all)}`,
                  group: "Partitions",
                  keys: "m",
                  run: () => void start(rectangles),
                },
              ]
            : []),
          ...(canStart && hasPartly
            ? [
                {
                  id: "materialize-open",
                  label: `Materialize ${count(tally.missing + tally.failed)} that are missing or failed`,
                  group: "Partitions",
                  keys: "shift+m",
                  run: () => void start(open),
                },
              ]
            : []),
          {
            id: "report-chosen",
            label: `Report ${count(tally.all)} as materialized`,
            group: "Partitions",
            run: () => setDialog("report"),
          },
          {
            id: "wipe-chosen",
            label: `Wipe ${count(tally.all)}`,
            group: "Partitions",
            run: () => setDialog("wipe"),
          },
        ],
  );
  if (tally.all === 0)
    return (
      <Panel title="Selection">
        <p className="muted">Choose partitions on the map, by text or by how they stand.</p>
      </Panel>
    );
  const whole = planRuns(rectangles, partitioning.policy);
  const part = hasPartly ? planRuns(open, partitioning.policy) : whole;
  return (
    <Panel title={`Selected: ${count(tally.all)}`}>
      <div className={styles.stack}>
        <div className={styles.actions}>
          {canStart && (
            <Button
              leftSection={<IconPlayerPlay size={14} />}
              loading={isBusy}
              disabled={whole.refusal !== undefined}
              onClick={() => void start(rectangles)}
              aria-keyshortcuts="m"
            >
              Materialize {count(tally.all)}
            </Button>
          )}
          {canStart && hasPartly && (
            <Button
              variant="default"
              loading={isBusy}
              disabled={part.refusal !== undefined}
              onClick={() => void start(open)}
              aria-keyshortcuts="shift+m"
            >
              Only missing and failed ({(tally.missing + tally.failed).toLocaleString("en")})
            </Button>
          )}
        </div>
        {canStart && whole.refusal !== undefined && <p className={styles.refusal}>{whole.refusal}</p>}
        <div className={styles.actions}>
          <Button
            variant="default"
            leftSection={<IconPencilCheck size={14} />}
            onClick={() => setDialog("report")}
          >
            Report as materialized…
          </Button>
          <Button variant="default" leftSection={<IconEraser size={14} />} onClick={() => setDialog("wipe")}>
            Wipe…
          </Button>
        </div>
      </div>
      {dialog === "wipe" && (
        <WipePartitionsDialog
          {...{ facts, partitioning, view, rectangles }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "report" && (
        <ReportPartitionsDialog
          {...{ facts, partitioning, view, rectangles }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </Panel>
  );
}
