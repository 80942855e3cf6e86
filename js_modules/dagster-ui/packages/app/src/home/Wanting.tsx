import { EmptyState, Panel, Skeletons, StatusMark } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { type AssetFacts, type AssetState, causeText, partitionsText } from "../assets/facts";
import { useMaterialize } from "../assets/launching";
import { type Assets, stateOf } from "../assets/store";
import { useCommands } from "../commands/commands";
import { LinkButton } from "../shell/LinkButton";
import styles from "./home.module.css";

const mostRows = 8;

/** Assets that failed, are out of date, or that nobody has made yet. */
export function Wanting({ assets }: { assets: Assets }) {
  const materialize = useMaterialize();
  const wanting = useMemo(() => wantingOf(assets), [assets]);
  const missing = wanting.filter(
    (each) => stateOf(assets, each.key).status === "missing" && each.isMaterializable && !each.isPartitioned,
  );
  useCommands(
    missing.length > 0
      ? [
          {
            id: "home-missing",
            label: `Materialize ${missing.length} missing`,
            group: "Home",
            keys: "m",
            run: () => void materialize(missing),
          },
        ]
      : [],
  );
  if (assets.isLoaded && assets.facts.length === 0)
    return (
      <Panel title="Assets" flush>
        <EmptyState
          title="No asset is defined"
          actions={<LinkButton to="/locations">See the locations</LinkButton>}
        >
          Assets appear here as soon as a loaded location defines one.
        </EmptyState>
      </Panel>
    );
  return (
    <Panel
      title="Assets not up to date"
      flush
      actions={
        missing.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerPlay size={13} />}
            onClick={() => void materialize(missing)}
          >
            Materialize {missing.length} missing
          </Button>
        )
      }
    >
      {!assets.isLoaded || !assets.isCurrent ? (
        <Skeletons lines={5} />
      ) : wanting.length === 0 ? (
        <p className={styles.quiet}>
          <StatusMark status="ok" /> Every asset is materialized and up to date.
        </p>
      ) : (
        <>
          <ul className={styles.list}>
            {wanting.slice(0, mostRows).map((each) => (
              <li key={each.key} className={styles.row}>
                <StatusMark status={stateOf(assets, each.key).status} />
                <Link to="/assets/$" params={{ _splat: each.key }} className="ellipsis" style={{ flex: 1 }}>
                  {each.key}
                </Link>
                <span className={styles.time}>{wordFor(stateOf(assets, each.key), each.key)}</span>
              </li>
            ))}
          </ul>
          {wanting.length > mostRows && (
            <Link
              className={`link ${styles.more}`}
              to="/assets"
              search={{ status: ["failed", "missing", "stale"] }}
            >
              Show all {wanting.length}
            </Link>
          )}
        </>
      )}
    </Panel>
  );
}

const wanted = ["failed", "stale", "missing"];

function wantingOf(assets: Assets): AssetFacts[] {
  const rank = (each: AssetFacts) => wanted.indexOf(stateOf(assets, each.key).status);
  return assets.facts.filter((each) => rank(each) >= 0).sort((one, other) => rank(one) - rank(other));
}

function wordFor(state: AssetState, key: string): string {
  if (state.status === "failed") return partitionsText(state) ?? "failed";
  const [cause] = state.causes;
  return state.status === "missing" ? "never materialized" : cause ? causeText(cause, key) : "stale";
}
