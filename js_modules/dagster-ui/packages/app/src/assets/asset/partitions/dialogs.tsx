import { countOfRectangles, type Rectangle } from "@dagster-ui/kit";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useReport, useWipe } from "../../changing";
import type { AssetFacts } from "../../facts";
import { ActionDialog } from "../ActionDialog";
import { keysOf, mostNamed, rangesOf, useAddPartition } from "./acting";
import styles from "./Partitions.module.css";
import type { Partitioning, View } from "./use";

interface ChosenDialogProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  view: View;
  rectangles: readonly Rectangle[];
  onClose: () => void;
}

function counted(rectangles: readonly Rectangle[]): string {
  const count = countOfRectangles(rectangles);
  return count === 1 ? "1 partition" : `${count.toLocaleString("en")} partitions`;
}

export function WipePartitionsDialog({ facts, partitioning, view, rectangles, onClose }: ChosenDialogProps) {
  const wipe = useWipe();
  const isTooMuch = rectangles.length > mostNamed;
  return (
    <ActionDialog
      title={`Wipe ${counted(rectangles)} of ${facts.key}`}
      onClose={onClose}
      word="Wipe"
      isDangerous
      isReady={!isTooMuch}
      onDo={async () => wipe([facts], await rangesOf(partitioning, view, rectangles))}
    >
      <p>
        Materializations and observations of these partitions, with their metadata, are removed for good. The
        stored values themselves stay where they are.
      </p>
      {isTooMuch && <p className={styles.refusal}>These are too many ranges at once. Choose fewer.</p>}
    </ActionDialog>
  );
}

export function ReportPartitionsDialog({
  facts,
  partitioning,
  view,
  rectangles,
  onClose,
}: ChosenDialogProps) {
  const report = useReport();
  const [description, setDescription] = useState("");
  const isTooMuch = countOfRectangles(rectangles) > mostNamed;
  const send = async () =>
    report(facts, "ASSET_MATERIALIZATION", description, await keysOf(partitioning, view, rectangles));
  return (
    <ActionDialog
      title={`Report ${counted(rectangles)} of ${facts.key}`}
      onClose={onClose}
      word="Report as materialized"
      isReady={!isTooMuch}
      onDo={send}
    >
      <TextInput
        data-autofocus
        label="Description"
        placeholder="Restored from the backup of Monday"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {isTooMuch && (
        <p className={styles.refusal}>
          At most {mostNamed.toLocaleString("en")} partitions are reported at once. Choose fewer.
        </p>
      )}
    </ActionDialog>
  );
}

interface AddPartitionDialogProps {
  facts: AssetFacts;
  /** Of the partitions definition. */
  name: string;
  onAdded: () => void;
  onClose: () => void;
}

export function AddPartitionDialog({ facts, name, onAdded, onClose }: AddPartitionDialogProps) {
  const add = useAddPartition(facts);
  const [key, setKey] = useState("");
  const send = async () => {
    const worked = await add(name, key.trim());
    if (worked) onAdded();
    return worked;
  };
  return (
    <ActionDialog
      title={`Add a partition to ${name}`}
      onClose={onClose}
      word="Add"
      isReady={key.trim() !== ""}
      onDo={send}
    >
      <TextInput
        data-autofocus
        label="Key"
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        autoComplete="off"
      />
    </ActionDialog>
  );
}
