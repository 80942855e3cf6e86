import { problemOf, useQuestion } from "@dagster-ui/client";
import { ErrorCard } from "@dagster-ui/kit";
import { LinkButton } from "../../shell/LinkButton";
import { AssetFailureDocument } from "./asset.gql";

/** Why a run could not make the asset, at once and without a click: the error of one of these steps, else of any. */
export function Failure({ runId, steps }: { runId: string; steps: readonly string[] }) {
  const { data } = useQuestion(AssetFailureDocument, { runId });
  if (data?.logsForRun.__typename !== "EventConnection") return null;
  const failures = data.logsForRun.events.flatMap((event) =>
    event.__typename === "ExecutionStepFailureEvent" && event.error
      ? [{ step: event.stepKey ?? "", error: event.error }]
      : [],
  );
  const own = failures.find((each) => steps.includes(each.step)) ?? failures[0];
  const whole = data.logsForRun.events.find((event) => event.__typename === "RunFailureEvent");
  const error = own?.error ?? (whole?.__typename === "RunFailureEvent" ? whole.error : undefined);
  if (!error) return null;
  return (
    <ErrorCard
      problem={problemOf(error)}
      title={own ? `Step ${own.step}` : "The run failed"}
      actions={
        <LinkButton size="compact-xs" variant="default" to="/runs/$runId" params={{ runId }}>
          See the run
        </LinkButton>
      }
    />
  );
}
