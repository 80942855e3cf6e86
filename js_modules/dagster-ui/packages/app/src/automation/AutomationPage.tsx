import { useQuestion } from "@dagster-ui/client";
import { EmptyState, ErrorState, Skeletons } from "@dagster-ui/kit";
import { SegmentedControl, TextInput, VisuallyHidden } from "@mantine/core";
import { IconBolt, IconFilter } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { useCommands } from "../commands/commands";
import { anyLocation, useFresh } from "../live/fresh";
import { LinkButton } from "../shell/LinkButton";
import { usePage } from "../shell/page";
import styles from "./Automation.module.css";
import { AutomationTable } from "./AutomationTable";
import { AutomationDocument } from "./automation.gql";
import { hasFailed, type Instigator, instigatorsOf, selectInstigators } from "./facts";
import { InstigatorInspector } from "./InstigatorInspector";
import { type AutomationKind, type AutomationSearch, automationKinds } from "./search";
import { useSwitch } from "./switching";

const route = getRouteApi("/automation");

/** Everything that runs by itself, in one list: how it stands, when it acts next, what its last tick said. */
export function AutomationPage() {
  usePage("Automation");
  const { data, isLoading, problem, refresh } = useQuestion(AutomationDocument, {});
  const answer = data?.repositoriesOrError;
  const all = useMemo(
    () => (answer?.__typename === "RepositoryConnection" ? instigatorsOf(answer.nodes) : undefined),
    [answer],
  );
  // The feed itself tells where each of them stands.
  useFresh(refresh, anyLocation);
  const refusal = answer?.__typename === "PythonError" ? answer.message : problem;
  if (isLoading) return <Skeletons lines={12} height={20} />;
  if (!all)
    return (
      <ErrorState
        title="Schedules and sensors could not be loaded"
        message={refusal ?? ""}
        onRetry={refresh}
      />
    );
  if (all.length === 0) return <NoAutomation />;
  return <Listed all={all} onChange={refresh} />;
}

function Listed({ all, onChange }: { all: readonly Instigator[]; onChange: () => void }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/automation" });
  const shown = useMemo(() => selectInstigators(all, search), [all, search]);
  const focused = all.find((each) => each.key === search.focus);
  const turn = useSwitch();
  const focus = (key: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, focus: key, quiet: undefined }) });
  useCommands([
    ...(focused
      ? [
          {
            id: "switch",
            label: `Turn ${focused.isOn ? "off" : "on"} ${focused.name}`,
            group: "Automation",
            keys: "t",
            icon: <IconBolt size={15} />,
            run: () => void turn(focused, !focused.isOn),
          },
          {
            id: "close",
            label: "Close the details",
            group: "Automation",
            keys: "escape",
            isKeyOnly: true,
            run: () => focus(undefined),
          },
        ]
      : []),
    {
      id: "next-failed",
      label: "Next that failed",
      group: "Automation",
      keys: "e",
      run: () => focus(nextFailed(all, search.focus)?.key),
    },
  ]);
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">Automation</VisuallyHidden>
      <div className={styles.list}>
        <Toolbar all={all} shown={shown.length} />
        {shown.length === 0 ? (
          <EmptyState
            title="Nothing matches"
            actions={
              <LinkButton to="/automation" variant="default">
                Show all
              </LinkButton>
            }
          >
            No schedule or sensor fits these filters together.
          </EmptyState>
        ) : (
          <AutomationTable rows={shown} onFocus={focus} focused={search.focus} />
        )}
      </div>
      {focused && (
        <InstigatorInspector
          key={focused.key}
          of={focused}
          onClose={() => focus(undefined)}
          onChange={onChange}
        />
      )}
      {search.focus !== undefined && !focused && (
        <MissingFocus name={search.focus} onClose={() => focus(undefined)} />
      )}
    </div>
  );
}

function nextFailed(all: readonly Instigator[], from: string | undefined): Instigator | undefined {
  const failed = all.filter(hasFailed);
  return failed[(failed.findIndex((each) => each.key === from) + 1) % Math.max(1, failed.length)];
}

function MissingFocus({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <div className={styles.missing} role="status">
      There is no schedule or sensor {name}.
      <button type="button" className="link" onClick={onClose}>
        Close
      </button>
    </div>
  );
}

function Toolbar({ all, shown }: { all: readonly Instigator[]; shown: number }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/automation" });
  const field = useRef<HTMLInputElement>(null);
  const change = (part: Partial<AutomationSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  useCommands([
    {
      id: "filter",
      label: "Filter schedules and sensors",
      group: "Automation",
      keys: "f",
      icon: <IconFilter size={15} />,
      run: () => field.current?.focus(),
    },
  ]);
  const failed = all.filter(hasFailed).length;
  const on = all.filter((each) => each.isOn).length;
  return (
    <div className={styles.toolbar}>
      <TextInput
        ref={field}
        className={styles.query}
        size="xs"
        aria-label="Filter schedules and sensors"
        placeholder="Name, location or job"
        leftSection={<IconFilter size={14} />}
        value={search.q ?? ""}
        onChange={(event) => change({ q: event.target.value || undefined })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Kind"
        value={search.kind ?? ""}
        onChange={(kind) =>
          change({ kind: automationKinds.find((each): each is AutomationKind => each === kind) })
        }
        data={[
          { value: "", label: "All" },
          { value: "schedule", label: "Schedules" },
          { value: "sensor", label: "Sensors" },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label="State"
        value={search.state ?? ""}
        onChange={(state) =>
          change({ state: state === "on" || state === "off" || state === "failed" ? state : undefined })
        }
        data={[
          { value: "", label: `Any (${shown === all.length ? all.length : `${shown} of ${all.length}`})` },
          { value: "on", label: `On (${on})` },
          { value: "off", label: `Off (${all.length - on})` },
          { value: "failed", label: `Failed (${failed})` },
        ]}
      />
    </div>
  );
}

function NoAutomation() {
  return (
    <EmptyState
      isPage
      title="Nothing runs by itself yet"
      icon={<IconBolt size={22} />}
      actions={
        <LinkButton to="/jobs" variant="default">
          See the jobs
        </LinkButton>
      }
    >
      Schedules start runs at set times, sensors when something has happened. They appear here as soon as a
      loaded location defines one.
    </EmptyState>
  );
}
