import { useQuestion } from "@dagster-ui/client";
import { Ago, ErrorCard, Inspector, Skeletons, StatusWord, Time } from "@dagster-ui/kit";
import { Button, Switch } from "@mantine/core";
import { IconBolt, IconClock } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { instigator, useFresh, useFreshAt } from "../live/fresh";
import { RunLink } from "../shell/links";
import styles from "./Automation.module.css";
import { OnOff } from "./AutomationTable";
import { NextTicksDocument, TicksDocument } from "./automation.gql";
import { CursorField } from "./CursorField";
import { type Instigator, tickOf } from "./facts";
import { PreviewPanel } from "./PreviewPanel";
import { instigationSelector, scheduleSelector } from "./switching";
import { groupTicks, type TickGroup } from "./ticks";

const route = getRouteApi("/automation");

interface InspectorProps {
  of: Instigator;
  onClose: () => void;
  onChange: () => void;
}

/** All about one schedule or sensor: what it starts, when it acts, what its ticks said, and what it would say now. */
export function InstigatorInspector({ of, onClose, onChange }: InspectorProps) {
  const Icon = of.kind === "schedule" ? IconClock : IconBolt;
  return (
    <Inspector
      onClose={onClose}
      storageKey="automation-width"
      title={
        <span className={styles.title}>
          <Icon size={15} aria-hidden="true" />
          <strong className="ellipsis">{of.name}</strong>
          <span className="muted">{of.kind}</span>
        </span>
      }
    >
      <div className={styles.details}>
        {of.description !== "" && <p className={styles.about}>{of.description}</p>}
        <Facts of={of} />
        <PreviewPanel of={of} />
        {of.kind === "sensor" && <SensorCursor of={of} onChange={onChange} />}
        <Ticks of={of} />
      </div>
    </Inspector>
  );
}

function Facts({ of }: { of: Instigator }) {
  return (
    <dl className={styles.facts}>
      <dt>State</dt>
      <dd className={styles.state}>
        <OnOff of={of} /> {of.isOn ? "On" : "Off"}
        {of.canReset && <span className="muted">switched by hand</span>}
      </dd>
      <dt>When</dt>
      <dd>
        {of.cadence}
        {of.cron !== undefined && <div className="muted mono">{of.cron}</div>}
      </dd>
      {of.kind === "schedule" && <NextTicks of={of} />}
      <dt>Starts</dt>
      <dd>
        {of.jobs.length === 0 && "a selection of assets"}
        {of.jobs.map((job) => (
          <div key={job}>
            <Link className="link" to="/jobs/$repository/$job" params={{ repository: of.address, job }}>
              {job}
            </Link>
          </div>
        ))}
      </dd>
      <dt>Location</dt>
      <dd>
        <Link className="link" to="/locations">
          {of.address}
        </Link>
      </dd>
    </dl>
  );
}

function NextTicks({ of }: { of: Instigator }) {
  const { data, refresh } = useQuestion(NextTicksDocument, { selector: scheduleSelector(of) });
  const schedule = data?.scheduleOrError;
  const times = schedule?.__typename === "Schedule" ? schedule.futureTicks.results : [];
  useFreshAt(
    times.slice(0, 1).map((tick) => (tick.timestamp ?? 0) * 1000),
    data,
    refresh,
  );
  return (
    <>
      <dt>{of.isOn ? "Next ticks" : "Would tick"}</dt>
      <dd>
        {times.slice(0, 3).map((tick) => (
          <div key={tick.timestamp}>
            <Time at={(tick.timestamp ?? 0) * 1000} />{" "}
            <span className="muted">
              <Ago at={(tick.timestamp ?? 0) * 1000} />
            </span>
          </div>
        ))}
        {data && times.length === 0 && "never again"}
      </dd>
    </>
  );
}

function SensorCursor({ of, onChange }: { of: Instigator; onChange: () => void }) {
  const { data, refresh } = useQuestion(TicksDocument, { selector: instigationSelector(of), limit: 1 });
  useFresh(refresh, instigator(of.id));
  const state = data?.instigationStateOrError;
  const specific = state?.__typename === "InstigationState" ? state.typeSpecificData : undefined;
  const cursor = specific?.__typename === "SensorData" ? (specific.lastCursor ?? "") : "";
  return (
    <CursorField
      of={of}
      cursor={cursor}
      onChange={() => {
        refresh();
        onChange();
      }}
    />
  );
}

const pageOfTicks = 25;

function Ticks({ of }: { of: Instigator }) {
  const { quiet } = route.useSearch();
  const navigate = useNavigate({ from: "/automation" });
  const [limit, setLimit] = useState(pageOfTicks);
  const { data, isLoading, problem, refresh } = useQuestion(TicksDocument, {
    selector: instigationSelector(of),
    statuses: quiet ? ["FAILURE", "SUCCESS", "STARTED"] : undefined,
    limit,
  });
  useFresh(refresh, instigator(of.id));
  const state = data?.instigationStateOrError;
  const ticks = state?.__typename === "InstigationState" ? state.ticks : [];
  const refusal = state && "message" in state ? state.message : problem;
  const groups = groupTicks(ticks.map(tickOf));
  return (
    <section className={styles.ticks} aria-label="Ticks">
      <header>
        <h3>Ticks</h3>
        <Switch
          size="xs"
          label="Hide skipped"
          checked={quiet === true}
          onChange={(event) => {
            const isQuiet = event.currentTarget.checked || undefined;
            void navigate({ search: (old) => ({ ...old, quiet: isQuiet }), replace: true });
          }}
        />
      </header>
      {isLoading && <Skeletons lines={4} />}
      {refusal !== undefined && <p className={styles.failed}>{refusal}</p>}
      {data && groups.length === 0 && refusal === undefined && (
        <p className="muted">{of.isOn ? "No tick yet." : "It was never evaluated: it is off."}</p>
      )}
      <ol>
        {groups.map((group, index) => (
          <TickItem key={group.tick.id} group={group} isNewest={index === 0} />
        ))}
      </ol>
      {ticks.length === limit && (
        <Button size="compact-xs" variant="subtle" onClick={() => setLimit(limit + 50)}>
          Older ticks
        </Button>
      )}
    </section>
  );
}

function TickItem({ group: { tick, count, since }, isNewest }: { group: TickGroup; isNewest: boolean }) {
  return (
    <li className={styles.tick}>
      <div className={styles.tickHead}>
        <StatusWord status={tick.status} word={tick.word} />
        <span className="muted">
          <Ago at={tick.at} />
        </span>
        {count > 1 && (
          <span className="muted">
            {count} times since <Time at={since} />
          </span>
        )}
      </div>
      {tick.runIds.length > 0 && (
        <div className={styles.tickRuns}>
          {tick.runIds.slice(0, 8).map((runId) => (
            <RunLink key={runId} runId={runId} />
          ))}
          {tick.runIds.length > 8 && <span className="muted">and {tick.runIds.length - 8} more</span>}
        </div>
      )}
      {tick.skipReason !== undefined && <p className="muted">{tick.skipReason}</p>}
      {tick.problem &&
        (isNewest ? (
          <ErrorCard problem={tick.problem} />
        ) : (
          <details>
            <summary className={styles.failed}>{tick.problem.className ?? "Error"}</summary>
            <ErrorCard problem={tick.problem} />
          </details>
        ))}
    </li>
  );
}
