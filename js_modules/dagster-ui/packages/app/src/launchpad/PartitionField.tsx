import { useQuestion } from "@dagster-ui/client";
import { toast } from "@dagster-ui/kit";
import { Autocomplete } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useConnection } from "../shell/connection";
import styles from "./Launchpad.module.css";
import type { Draft } from "./launching";
import { JobPartitionsDocument, PartitionOfJobDocument } from "./launchpad.gql";
import { offersOf, partitionIn, withoutPartition, withPartition } from "./partitions";
import { jobSelector, type LaunchTarget } from "./target";

/** So many of the newest partitions are offered; others are typed. */
const mostKeys = 200;

/** The newest partitions that a run can make, in their order; none of what is not partitioned. */
export function usePartitionKeys(target: LaunchTarget): readonly string[] {
  const variables = useMemo(() => ({ ...targetOf(target), limit: mostKeys }), [target]);
  const { data } = useQuestion(JobPartitionsDocument, variables);
  const answer = data?.pipelineOrError;
  return answer?.__typename === "Pipeline" ? answer.partitionKeysOrError.partitionKeys : [];
}

interface PartitionFieldProps {
  target: LaunchTarget;
  keys: readonly string[];
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Which partition the run makes; with it come its tags, and the configuration that the job has for it. */
export function PartitionField({ target, keys, draft, onChange }: PartitionFieldProps) {
  const chosen = partitionIn(draft.tags) ?? "";
  const [typed, setTyped] = useState(chosen);
  useEffect(() => setTyped(chosen), [chosen]);
  const { ask } = useConnection();
  const isUnknown = typed !== "" && keys.length < mostKeys && !keys.includes(typed);
  const choose = async (name: string) => {
    if (name === chosen) return;
    if (name === "") return onChange(withoutPartition(draft));
    if (keys.length < mostKeys && !keys.includes(name)) return;
    try {
      const { pipelineOrError: job } = await ask(PartitionOfJobDocument, { ...targetOf(target), name });
      const slice = job.__typename === "Pipeline" ? job.partition : null;
      const next = slice ? withPartition(draft, slice) : `There is no partition ${name}.`;
      if (typeof next === "string") toast("failed", next);
      else onChange(next);
    } catch (error) {
      toast("failed", error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <fieldset className={styles.section}>
      <legend>
        <span>Partition</span>
      </legend>
      <Autocomplete
        size="xs"
        aria-label="Partition"
        placeholder="Choose one"
        data={offersOf(keys, typed)}
        // What is offered was chosen for what is typed already.
        filter={({ options }) => options}
        maxDropdownHeight={260}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={(name) => void choose(name)}
        onBlur={() => void choose(typed.trim())}
        onKeyDown={(event) => event.key === "Enter" && void choose(typed.trim())}
        error={isUnknown ? `There is no partition ${typed}` : undefined}
        spellCheck={false}
        autoComplete="off"
      />
    </fieldset>
  );
}

function targetOf(target: LaunchTarget) {
  return {
    selector: jobSelector(target.address, target.job),
    assetKeys: target.assets?.map((key) => ({ path: key.split("/") })),
  };
}
