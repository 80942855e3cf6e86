import {
  Ago,
  type Column,
  EmptyState,
  type Sort,
  StatusMark,
  StatusWord,
  Tag,
  VirtualTable,
} from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { sortText } from "../search/search";
import { useRowHeight } from "../settings/settings";
import styles from "./AssetsPage.module.css";
import {
  type AssetFacts,
  causeText,
  checksStatus,
  checksText,
  partitionsText,
  plainText,
  wordOfAsset,
} from "./facts";
import { queryBy } from "./selecting";
import { type Assets, stateOf } from "./store";

interface AssetsTableProps {
  assets: Assets;
  rows: readonly AssetFacts[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: Set<string>) => void;
  sort: Sort;
}

/** The selected assets as rows: how each stands, why, and since when. */
export function AssetsTable({ assets, rows, chosen, onChoose, sort }: AssetsTableProps) {
  const navigate = useNavigate({ from: "/assets/" });
  const rowHeight = useRowHeight();
  const columns = useMemo(() => columnsOf(assets), [assets]);
  if (rows.length === 0) {
    return (
      <EmptyState
        title="Nothing matches"
        actions={
          <Button
            variant="default"
            onClick={() => void navigate({ search: (old) => ({ ...old, q: undefined, status: undefined }) })}
          >
            Show all assets
          </Button>
        }
      >
        No asset is named by this selection and these filters together.
      </EmptyState>
    );
  }
  return (
    <VirtualTable
      label="Assets"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowHeight={rowHeight}
      selected={chosen}
      onSelect={onChoose}
      sort={sort}
      onSort={(next) => void navigate({ search: (old) => ({ ...old, sort: sortText(next) }) })}
      onOpen={(row) => void navigate({ to: "/assets/$", params: { _splat: row.key } })}
    />
  );
}

function columnsOf(assets: Assets): Column<AssetFacts>[] {
  return [
    {
      id: "name",
      header: "Asset",
      width: "minmax(180px, 3fr)",
      isSortable: true,
      cell: (row) => <AssetName row={row} status={stateOf(assets, row.key).status} />,
    },
    {
      id: "status",
      header: "Status",
      width: "minmax(120px, 2fr)",
      isSortable: true,
      fromWidth: 480,
      cell: (row) => <StatusCell assets={assets} row={row} />,
    },
    {
      id: "time",
      header: "Materialized",
      width: "96px",
      isSortable: true,
      cell: (row) => {
        const at = stateOf(assets, row.key).materializedAt;
        return at === undefined ? <span className="faint">–</span> : <Ago at={at} />;
      },
    },
    {
      id: "group",
      header: "Group",
      width: "minmax(90px, 1fr)",
      isSortable: true,
      fromWidth: 760,
      cell: groupCell,
    },
    {
      id: "kind",
      header: "Kinds",
      width: "minmax(90px, 1fr)",
      isSortable: true,
      fromWidth: 900,
      cell: (row) => (
        <span className={styles.kinds}>
          {row.kinds.map((kind) => (
            <Link key={kind} to="/assets" search={(old) => ({ ...old, q: queryBy("kind", kind) })}>
              <Tag>{kind}</Tag>
            </Link>
          ))}
        </span>
      ),
    },
    {
      id: "owner",
      header: "Owners",
      width: "minmax(90px, 1fr)",
      fromWidth: 1100,
      cell: (row) => (
        <span className={styles.kinds}>
          {row.owners.map((owner) => (
            <Link
              key={owner}
              to="/assets"
              search={(old) => ({ ...old, q: queryBy("owner", owner) })}
              className="muted ellipsis"
            >
              {owner}
            </Link>
          ))}
        </span>
      ),
    },
  ];
}

function groupCell(row: AssetFacts) {
  return (
    <Link to="/assets" search={{ q: `group:${row.group}` }} className="muted">
      {row.group}
    </Link>
  );
}

function AssetName({ row, status }: { row: AssetFacts; status: Parameters<typeof StatusMark>[0]["status"] }) {
  return (
    <span className={styles.name}>
      <StatusMark status={status} />
      <Link to="/assets/$" params={{ _splat: row.key }} className="ellipsis" title={row.key}>
        {row.path.length > 1 && <span className={styles.prefix}>{row.path.slice(0, -1).join("/")}/</span>}
        {row.path.at(-1)}
      </Link>
      {row.description && (
        <span className={`${styles.description} ellipsis`}>{plainText(row.description)}</span>
      )}
    </span>
  );
}

/** The word of the status with its run, how far its partitions and checks are, and the reason when the asset is out of date. */
export function StatusCell({ assets, row }: { assets: Assets; row: AssetFacts }) {
  const state = stateOf(assets, row.key);
  const { status, runId, causes } = state;
  const word = <StatusWord status={status} word={wordOfAsset(status)} />;
  const partitions = partitionsText(state);
  const checks = checksText(state);
  const [cause] = causes;
  return (
    <>
      {runId !== undefined && ["failed", "running", "queued"].includes(status) ? (
        <Link to="/runs/$runId" params={{ runId }} title="See the run">
          {word}
        </Link>
      ) : (
        word
      )}
      {partitions !== undefined && (
        <Link
          className={styles.why}
          to="/assets/$"
          params={{ _splat: row.key }}
          search={{ tab: "partitions" }}
          title="See the partitions"
        >
          {partitions}
        </Link>
      )}
      {checks !== undefined && (
        <Link
          className={styles.why}
          to="/assets/$"
          params={{ _splat: row.key }}
          search={{ tab: "checks" }}
          title="See the checks"
        >
          <StatusWord status={checksStatus(state) ?? "unknown"} word={checks} />
        </Link>
      )}
      {status === "stale" && cause && <span className={styles.why}>{causeText(cause, row.key)}</span>}
    </>
  );
}
