import { useQuestion } from "@dagster-ui/client";
import { Ago, StatusWord } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useFresh } from "../../../live/fresh";
import type { AssetFacts } from "../../facts";
import { isAbout } from "../partitions/use";
import styles from "./Checks.module.css";
import { AssetChecksOfDocument, CheckHistoryDocument } from "./checks.gql";
import { checkState, timeOf } from "./facts";

/** What the checks found last in one partition. */
export function PartitionChecks({ facts, partition }: { facts: AssetFacts; partition: string }) {
  const assetKey = useMemo(() => ({ path: [...facts.path] }), [facts.path]);
  const { data } = useQuestion(AssetChecksOfDocument, { assetKey });
  const node = data?.assetNodeOrError.__typename === "AssetNode" ? data.assetNodeOrError : undefined;
  const checks = node?.assetChecksOrError.__typename === "AssetChecks" ? node.assetChecksOrError.checks : [];
  return (
    <ul className={styles.history} aria-label="Checks of the partition">
      {checks.map((check) => (
        <PartitionCheck key={check.name} facts={facts} name={check.name} partition={partition} />
      ))}
    </ul>
  );
}

function PartitionCheck({ facts, name, partition }: { facts: AssetFacts; name: string; partition: string }) {
  const variables = useMemo(
    () => ({ assetKey: { path: [...facts.path] }, name, limit: 1, partition }),
    [facts.path, name, partition],
  );
  const { data, refresh } = useQuestion(CheckHistoryDocument, variables);
  useFresh(refresh, (changes) => isAbout(changes, facts.key));
  const [latest] = data?.assetCheckExecutions ?? [];
  return (
    <li className={styles.execution}>
      <Link className="link ellipsis" from="/assets/$" to="." search={{ tab: "checks", check: name }}>
        {name}
      </Link>
      <span>
        <StatusWord {...checkState(latest)} />{" "}
        {latest && (
          <span className="muted">
            <Ago at={timeOf(latest)} />
          </span>
        )}
      </span>
    </li>
  );
}
