import { keyText } from "@dagster-ui/client";
import type { StaleReasonFragment } from "@dagster-ui/client/schema";
import { StatusMark } from "@dagster-ui/kit";
import { AssetLink } from "../../shell/links";
import styles from "./AssetPage.module.css";

/** Up to so many causes are told; more are counted. */
const mostTold = 5;

/** Why an asset or a partition is out of date, with links to what changed; nothing when it is not. */
export function Reasons({ causes, itself }: { causes: readonly StaleReasonFragment[]; itself: string }) {
  if (causes.length === 0) return null;
  return (
    <div className={styles.stale} role="status" aria-label="Why it is out of date">
      <StatusMark status="stale" />
      <div>
        <b>Out of date</b>
        <ul className={styles.causes}>
          {causes.slice(0, mostTold).map((cause) => (
            <li key={JSON.stringify(cause)}>
              <Cause cause={cause} itself={itself} />
            </li>
          ))}
          {causes.length > mostTold && <li>and {causes.length - mostTold} more causes</li>}
        </ul>
      </div>
    </div>
  );
}

function Cause({ cause, itself }: { cause: StaleReasonFragment; itself: string }) {
  if (keyText(cause.key) === itself) return cause.reason;
  return (
    <>
      <AssetLink path={cause.key.path} /> {cause.partitionKey !== null && <code>{cause.partitionKey} </code>}
      {cause.reason}
    </>
  );
}
