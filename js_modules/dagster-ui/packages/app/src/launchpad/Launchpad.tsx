import { useAct, useQuestion } from "@dagster-ui/client";
import { ErrorState, KeyHint, Skeletons, StatusMark, toast } from "@dagster-ui/kit";
import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from "@mantine/core";
import { IconPlayerPlay, IconPlus, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCommands } from "../commands/commands";
import { ConfigForm } from "./ConfigForm";
import { read } from "./document";
import { type Mark, placeholderMarks } from "./errors";
import { withMissing } from "./form";
import styles from "./Launchpad.module.css";
import { type Draft, launched, launchParams, storeDraft, storedDraft } from "./launching";
import { ConfigOfRunDocument, LaunchJobDocument } from "./launchpad.gql";
import { PartitionField, usePartitionKeys } from "./PartitionField";
import { isOfPartition, partitionIn } from "./partitions";
import type { Schema } from "./schema";
import { type LaunchTarget, ownTags, type TypedTag, targetText } from "./target";
import { type Checked, useCheck, useSchema } from "./use";

const YamlEditor = lazy(() => import("./YamlEditor").then((module) => ({ default: module.YamlEditor })));

interface LaunchpadProps {
  target: LaunchTarget;
  /** A run whose configuration and tags are taken over. */
  from: string | undefined;
}

/** Configures a run of a job, or of some of its assets, by YAML and by form, and launches it. */
export function Launchpad({ target, from }: LaunchpadProps) {
  const { schema, problem, refresh } = useSchema(target);
  const model = useQuestion(ConfigOfRunDocument, { runId: from ?? "" }, { isPaused: from === undefined });
  if (problem !== undefined && !schema) {
    return (
      <ErrorState title="This job has no run configuration to show" message={problem} onRetry={refresh} />
    );
  }
  if (!schema || model.isLoading) return <Skeletons lines={10} height={16} />;
  const run = model.data?.runOrError;
  const taken = run?.__typename === "Run" ? { text: run.runConfigYaml, tags: ownTags(run.tags) } : undefined;
  const initial = taken ?? storedDraft(target) ?? { text: schema.scaffold, tags: [] };
  return (
    <Configured key={`${targetText(target)} ${from}`} target={target} schema={schema} initial={initial} />
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The first example of a scaffold: the place to begin to type. */
function firstExample(text: string): Range | undefined {
  const mark = placeholderMarks(text, read(text))[0];
  return mark && { from: mark.from, to: mark.to };
}

interface ConfiguredProps {
  target: LaunchTarget;
  schema: Schema;
  initial: Draft;
}

function Configured({ target, schema, initial }: ConfiguredProps) {
  const [draft, setDraft] = useState(initial);
  const [view, setView] = useState("yaml");
  const [shown, setShown] = useState<Range | undefined>(() => firstExample(initial.text));
  const checked = useCheck(target, draft.text);
  const isChanged = draft.text !== schema.scaffold || draft.tags.length > 0;
  useEffect(() => storeDraft(target, isChanged ? draft : undefined), [target, draft, isChanged]);
  const write = (text: string) => setDraft((old) => ({ ...old, text }));
  const show = (mark: Mark) => {
    setView("yaml");
    setShown(mark.isWarning ? { from: mark.from, to: mark.to } : { from: mark.to, to: mark.to });
  };
  const partitions = usePartitionKeys(target);
  const isPartitionWanted = partitions.length > 0 && partitionIn(draft.tags) === undefined;
  const { launch, isLaunching } = useLaunch({ target, draft, checked, show, isPartitionWanted });
  const missing = checked.errors.flatMap((error) => error.missing);
  const addMissing = () => write(withMissing(draft.text, schema.scaffold, schema.types));
  const startOver = () => setDraft({ text: schema.scaffold, tags: [] });
  useCommands([
    {
      id: "launch",
      label: `Launch ${target.assets?.join(", ") ?? target.job}`,
      group: "Launchpad",
      keys: "mod+enter",
      icon: <IconPlayerPlay size={15} />,
      run: launch,
    },
    {
      id: "scaffold",
      label: "Add what is missing to the run configuration",
      group: "Launchpad",
      keys: "a",
      run: addMissing,
    },
    {
      id: "start-over",
      label: "Begin the run configuration anew",
      group: "Launchpad",
      keys: "shift+a",
      run: startOver,
    },
  ]);
  return (
    <div className={styles.launchpad} data-view={view}>
      <div className={styles.bar}>
        <span className={styles.narrowOnly}>
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={view}
            onChange={setView}
            data={[
              { value: "yaml", label: "YAML" },
              { value: "form", label: "Form" },
            ]}
          />
        </span>
        <Verdict checked={checked} isPartitionWanted={isPartitionWanted} />
        <span className={styles.grow} />
        {missing.length > 0 && (
          <Button size="xs" variant="default" onClick={addMissing}>
            Add what is missing
          </Button>
        )}
        {isChanged && (
          <Button size="xs" variant="subtle" color="gray" c="var(--text-muted)" onClick={startOver}>
            Begin anew
          </Button>
        )}
        <Tooltip label={<KeyHint keys="mod+enter" />}>
          <Button size="xs" loading={isLaunching} leftSection={<IconPlayerPlay size={14} />} onClick={launch}>
            Launch
          </Button>
        </Tooltip>
      </div>
      <div className={styles.panes}>
        <section className={styles.yamlPane} aria-label="Run configuration as YAML">
          <Suspense fallback={<Skeletons lines={8} />}>
            <YamlEditor
              text={draft.text}
              onChange={write}
              onLaunch={launch}
              types={schema.types}
              marks={checked.marks}
              target={shown}
            />
          </Suspense>
          <Marks marks={checked.marks} onShow={show} />
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <section className={styles.formPane} aria-label="Run configuration as a form" tabIndex={0}>
          {partitions.length > 0 && (
            <div className={styles.form}>
              <PartitionField target={target} keys={partitions} draft={draft} onChange={setDraft} />
            </div>
          )}
          <ConfigForm text={draft.text} onChange={write} types={schema.types} errors={checked.errors} />
          <Tags
            tags={draft.tags.filter((tag) => !isOfPartition(tag))}
            onChange={(tags) =>
              setDraft((old) => ({ ...old, tags: [...old.tags.filter(isOfPartition), ...tags] }))
            }
          />
        </section>
      </div>
    </div>
  );
}

interface Launching {
  target: LaunchTarget;
  draft: Draft;
  checked: Checked;
  show: (mark: Mark) => void;
  isPartitionWanted: boolean;
}

function useLaunch({ target, draft, checked, show, isPartitionWanted }: Launching) {
  const navigate = useNavigate();
  const act = useAct(LaunchJobDocument);
  const [isLaunching, setLaunching] = useState(false);
  /** The draft whose examples or missing partition were pointed out once; launched again, they are meant. */
  const [warned, setWarned] = useState<Draft>();
  const launch = async () => {
    if (isLaunching) return;
    const mark = checked.marks.find((each) => !each.isWarning || warned !== draft);
    if (mark) {
      setWarned(draft);
      show(mark);
      toast(mark.isWarning ? "stale" : "failed", `Line ${mark.line}: ${mark.message}`);
      return;
    }
    if (isPartitionWanted && warned !== draft) {
      setWarned(draft);
      toast("stale", "No partition is chosen. Launch again to run without one.");
      return;
    }
    setLaunching(true);
    try {
      const result = launched(await act({ params: launchParams(target, draft) }));
      if (result.kind === "run") await navigate({ to: "/runs/$runId", params: { runId: result.runId } });
      else
        toast(
          "failed",
          result.kind === "failed" ? result.message : result.errors.map((each) => each.message).join("\n"),
        );
    } catch (error) {
      toast("failed", error instanceof Error ? error.message : String(error));
    } finally {
      setLaunching(false);
    }
  };
  return { launch: () => void launch(), isLaunching };
}

function Verdict({ checked, isPartitionWanted }: { checked: Checked; isPartitionWanted: boolean }) {
  const errors = checked.marks.filter((mark) => !mark.isWarning).length;
  const warnings = checked.marks.length - errors;
  const verdict = checked.problem
    ? { status: "failed" as const, words: checked.problem }
    : errors > 0
      ? { status: "failed" as const, words: errors === 1 ? "1 error" : `${errors} errors` }
      : !checked.isCurrent
        ? { status: "unknown" as const, words: "Checking…" }
        : warnings > 0
          ? {
              status: "stale" as const,
              words: warnings === 1 ? "1 example value" : `${warnings} example values`,
            }
          : isPartitionWanted
            ? { status: "stale" as const, words: "No partition chosen" }
            : { status: "ok" as const, words: "Ready to launch" };
  return (
    <span className={styles.verdict} role="status">
      <StatusMark status={verdict.status} />
      {verdict.words}
    </span>
  );
}

function Marks({ marks, onShow }: { marks: readonly Mark[]; onShow: (mark: Mark) => void }) {
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label="What is wrong">
      {marks.map((mark) => (
        <li key={`${mark.from}:${mark.message}`}>
          <button type="button" onClick={() => onShow(mark)}>
            <StatusMark status={mark.isWarning ? "stale" : "failed"} size={13} />
            <span className={styles.markLine}>line {mark.line}</span>
            <span>{mark.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Tags({
  tags,
  onChange,
}: {
  tags: readonly TypedTag[];
  onChange: (tags: readonly TypedTag[]) => void;
}) {
  const change = (index: number, part: Partial<TypedTag>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)));
  return (
    <fieldset className={styles.section}>
      <legend>
        <span>Tags of the run</span>
      </legend>
      {tags.map((tag, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tag that is being typed has no other identity
        <div key={index} className={styles.tag}>
          <TextInput
            size="xs"
            aria-label={`Key of tag ${index + 1}`}
            placeholder="key"
            value={tag.key}
            onChange={(event) => change(index, { key: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Value of tag ${index + 1}`}
            placeholder="value"
            value={tag.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--text-muted)"
            aria-label={`Remove tag ${index + 1}`}
            onClick={() => onChange(tags.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...tags, { key: "", value: "" }])}
        >
          Add a tag
        </Button>
      </div>
    </fieldset>
  );
}
