import { useQuestion } from "@dagster-ui/client";
import {
  Ago,
  type Column,
  EmptyState,
  ErrorState,
  Inspector,
  Skeletons,
  StatusWord,
  Tag,
  VirtualTable,
} from "@dagster-ui/kit";
import { Button, Group } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useCommands } from "../../../commands/commands";
import { useFresh } from "../../../live/fresh";
import { useRowHeight } from "../../../settings/settings";
import type { AssetFacts } from "../../facts";
import { isAbout } from "../partitions/use";
import { CheckPanel } from "./CheckPanel";
import styles from "./Checks.module.css";
import { AssetChecksOfDocument } from "./checks.gql";
import { type Check, checkState, timeOf } from "./facts";
import { useRunChecks } from "./running";

const route = getRouteApi("/assets/$");

/** The checks of an asset, how each stands, and the one in the address with its history beside. */
export function Checks({ facts }: { facts: AssetFacts }) {
  const assetKey = useMemo(() => ({ path: [...facts.path] }), [facts.path]);
  const { data, problem, refresh } = useQuestion(AssetChecksOfDocument, { assetKey });
  useFresh(refresh, (changes) => isAbout(changes, facts.key));
  if (problem !== undefined && !data)
    return <ErrorState title="The checks could not be loaded" message={problem} onRetry={refresh} />;
  if (!data) return <Skeletons lines={8} />;
  const node = data.assetNodeOrError.__typename === "AssetNode" ? data.assetNodeOrError : undefined;
  const answer = node?.assetChecksOrError;
  if (answer && answer.__typename !== "AssetChecks")
    return <ErrorState title="The checks could not be loaded" message={answer.message} onRetry={refresh} />;
  if (!answer || answer.checks.length === 0)
    return (
      <EmptyState title="This asset has no checks">
        An @asset_check says what must be true of its data, and is run after it is made.
      </EmptyState>
    );
  return <CheckList facts={facts} checks={answer.checks} />;
}

function CheckList({ facts, checks }: { facts: AssetFacts; checks: readonly Check[] }) {
  const { check: wanted } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/$" });
  const rowHeight = useRowHeight();
  const runChecks = useRunChecks(facts);
  const [isBusy, setBusy] = useState(false);
  const shown = checks.find((check) => check.name === wanted);
  const startable = checks.filter((check) => check.canExecuteIndividually === "CAN_EXECUTE");
  const show = (name: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, check: name }), replace: true });
  const run = async (some: readonly Check[]) => {
    setBusy(true);
    await runChecks(some);
    setBusy(false);
  };
  useCommands([
    ...(startable.length > 0
      ? [
          {
            id: "run-checks",
            label: "Run all checks",
            group: "Checks",
            keys: "c",
            run: () => void run(startable),
          },
        ]
      : []),
    ...startable.map((check) => ({
      id: `run-check:${check.name}`,
      label: `Run the check ${check.name}`,
      group: "Checks",
      run: () => void run([check]),
    })),
  ]);
  return (
    <div className={styles.page}>
      <div className={styles.list}>
        <Group className={styles.bar} justify="space-between">
          <span className="muted">{told(checks)}</span>
          {startable.length > 0 && (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={14} />}
              loading={isBusy}
              onClick={() => void run(startable)}
              aria-keyshortcuts="c"
            >
              {startable.length === 1 ? "Run the check" : `Run all ${startable.length} checks`}
            </Button>
          )}
        </Group>
        <VirtualTable
          label="Checks of the asset"
          columns={columns}
          rows={checks}
          rowKey={(check) => check.name}
          rowHeight={rowHeight}
          onOpen={(check) => show(check.name)}
        />
      </div>
      {shown && (
        <Inspector title={shown.name} onClose={() => show(undefined)}>
          <CheckPanel facts={facts} check={shown} onRun={() => void run([shown])} isBusy={isBusy} />
        </Inspector>
      )}
    </div>
  );
}

/** `2 passed, 1 failed`. */
function told(checks: readonly Check[]): string {
  const counts = new Map<string, number>();
  for (const check of checks) {
    const { word } = checkState(check.executionForLatestMaterialization);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`).join(", ");
}

const columns: Column<Check>[] = [
  {
    id: "name",
    header: "Check",
    width: "minmax(150px, 2fr)",
    cell: (check) => (
      <Link
        className="ellipsis"
        from="/assets/$"
        to="."
        search={(old) => ({ ...old, check: check.name })}
        replace
      >
        {check.name}
      </Link>
    ),
  },
  {
    id: "state",
    header: "Status",
    width: "110px",
    cell: (check) => <StatusWord {...checkState(check.executionForLatestMaterialization)} />,
  },
  {
    id: "blocking",
    header: "Blocking",
    width: "90px",
    fromWidth: 420,
    cell: (check) =>
      check.blocking ? (
        <Tag title="What depends on the asset is not made when this check fails">Blocking</Tag>
      ) : (
        <span className="faint">–</span>
      ),
  },
  {
    id: "severity",
    header: "Severity",
    width: "90px",
    fromWidth: 560,
    cell: (check) => {
      const severity = check.executionForLatestMaterialization?.evaluation?.severity;
      return severity ? severity === "WARN" ? "Warning" : "Error" : <span className="faint">–</span>;
    },
  },
  {
    id: "at",
    header: "When",
    width: "100px",
    cell: (check) =>
      check.executionForLatestMaterialization ? (
        <Ago at={timeOf(check.executionForLatestMaterialization)} />
      ) : (
        <span className="faint">–</span>
      ),
  },
  {
    id: "description",
    header: "Description",
    width: "minmax(120px, 3fr)",
    fromWidth: 700,
    cell: (check) => (
      <span className="muted ellipsis">
        {check.executionForLatestMaterialization?.evaluation?.description ?? check.description}
      </span>
    ),
  },
];
