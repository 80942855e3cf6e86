import type { AssetQuery } from "@dagster-ui/client/schema";
import {
  Ago,
  type Column,
  EmptyState,
  Inspector,
  MetadataList,
  StatusWord,
  Tag,
  Time,
  VirtualTable,
} from "@dagster-ui/kit";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useRowHeight } from "../../settings/settings";
import { metadataLinks, RunLink } from "../../shell/links";
import styles from "./AssetPage.module.css";
import { type AssetEvent, assetEvents, itemWords } from "./events";

const route = getRouteApi("/assets/$");

/** What was reported of the asset, newest first; the one in the address in full beside. */
export function Events({ asset }: { asset: Extract<AssetQuery["assetOrError"], { __typename: "Asset" }> }) {
  const { event: wanted } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/$" });
  const rowHeight = useRowHeight();
  const events = useMemo(() => assetEvents(asset), [asset]);
  const shown = events.find((event) => event.id === wanted);
  const columns = useMemo(() => {
    const isPartitioned = events.some((event) => event.partition !== undefined);
    return allColumns.filter((column) => isPartitioned || column.id !== "partition");
  }, [events]);
  const show = (id: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, event: id }), replace: true });
  if (events.length === 0) {
    return (
      <EmptyState title="Nothing happened yet">
        No materialization or observation of this asset was stored.
      </EmptyState>
    );
  }
  return (
    <div className={styles.events}>
      <VirtualTable
        label="Events of the asset"
        columns={columns}
        rows={events}
        rowKey={(event) => event.id}
        rowHeight={rowHeight}
        onOpen={(event) => show(event.id)}
      />
      {shown && (
        <Inspector title={<Time at={shown.at} />} onClose={() => show(undefined)}>
          <div className={styles.tags}>
            {shown.tags.map((tag) => (
              <Tag key={tag.key} title={`${tag.key}: ${tag.value}`}>
                {tag.key}: {tag.value}
              </Tag>
            ))}
          </div>
          {shown.metadata.length === 0 ? (
            <p className="muted">This event carries no metadata.</p>
          ) : (
            <MetadataList items={shown.metadata} links={metadataLinks} />
          )}
        </Inspector>
      )}
    </div>
  );
}

const allColumns: Column<AssetEvent>[] = [
  {
    id: "kind",
    header: "Event",
    width: "minmax(150px, 1fr)",
    cell: (event) => (
      <Link from="/assets/$" to="." search={(old) => ({ ...old, event: event.id })} replace>
        {event.kind === "materialization" ? (
          <StatusWord status="ok" word="Materialized" />
        ) : (
          <StatusWord status="unknown" word="Observed" />
        )}
      </Link>
    ),
  },
  { id: "at", header: "When", width: "100px", cell: (event) => <Ago at={event.at} /> },
  {
    id: "run",
    header: "Run",
    width: "90px",
    cell: (event) => (event.runId === "" ? "–" : <RunLink runId={event.runId} />),
  },
  {
    id: "partition",
    header: "Partition",
    width: "minmax(100px, 1fr)",
    fromWidth: 640,
    cell: (event) => event.partition ?? <span className="faint">–</span>,
  },
  {
    id: "metadata",
    header: "Metadata",
    width: "minmax(120px, 2fr)",
    fromWidth: 560,
    cell: (event) => <span className="muted">{event.metadata.map(itemWords).join(", ")}</span>,
  },
];
