import { useClient, useQuestion } from "@dagster-ui/client";
import { useEffect, useMemo, useState } from "react";
import { read } from "./document";
import { type ConfigError, configError, type Mark, marksOf, placeholderMarks } from "./errors";
import { CheckRunConfigDocument, OpsOfAssetsDocument, RunConfigSchemaDocument } from "./launchpad.gql";
import { type Schema, schemaOfOps } from "./schema";
import { jobSelector, type LaunchTarget, targetSelector } from "./target";
import { configTypes } from "./types";

/** What the run may be configured with: of a selection of assets, only by their own ops. */
export function useSchema(target: LaunchTarget): {
  schema: Schema | undefined;
  problem: string | undefined;
  refresh: () => void;
} {
  const { data, problem, refresh } = useQuestion(RunConfigSchemaDocument, {
    selector: jobSelector(target.address, target.job),
  });
  const assetKeys = target.assets?.map((key) => ({ path: key.split("/") }));
  const { data: assets } = useQuestion(OpsOfAssetsDocument, { assetKeys }, { isPaused: !assetKeys });
  const isComplete = assetKeys === undefined || assets !== undefined;
  const result = data?.runConfigSchemaOrError;
  const schema = useMemo((): Schema | undefined => {
    if (result?.__typename !== "RunConfigSchema" || !isComplete) return undefined;
    const types = configTypes(result.rootConfigType.key, result.allConfigTypes);
    const whole = { types, scaffold: withoutBraces(result.scaffoldedYaml) };
    return assets ? schemaOfOps(whole, new Set(assets.assetNodes.flatMap((each) => each.opNames))) : whole;
  }, [result, isComplete, assets]);
  const refusal = result && "message" in result ? result.message : undefined;
  return { schema, problem: problem ?? refusal, refresh };
}

/** Where nothing has to be given, nothing stands: one begins to type at once. */
function withoutBraces(text: string): string {
  return text.trim() === "{}" ? "" : text;
}

/** What is known of a text: its errors, their marks, and whether that is about the text as it is now. */
export interface Checked {
  readonly errors: readonly ConfigError[];
  readonly marks: readonly Mark[];
  readonly isCurrent: boolean;
  readonly problem: string | undefined;
}

const nothing: readonly ConfigError[] = [];

/** After so long without a key press the server is asked. */
const pauseMillis = 200;

/** Asks the server whether the text fits, a moment after each change. */
export function useCheck(target: LaunchTarget, text: string): Checked {
  const client = useClient();
  const [answer, setAnswer] = useState<{ text: string; errors: readonly ConfigError[]; problem?: string }>();
  const reading = useMemo(() => read(text), [text]);
  const isReadable = reading.problem === undefined;
  const selector = JSON.stringify(targetSelector(target));
  useEffect(() => {
    if (!isReadable) return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const variables = { selector: JSON.parse(selector), runConfig: text.trim() === "" ? "{}" : text };
      const { data, error } = await client
        .query(CheckRunConfigDocument, variables, { requestPolicy: "network-only" })
        .toPromise();
      if (!isWanted) return;
      const result = data?.isPipelineConfigValid;
      const errors =
        result?.__typename === "RunConfigValidationInvalid" ? result.errors.map(configError) : nothing;
      setAnswer({ text, errors, problem: result && "message" in result ? result.message : error?.message });
    }, pauseMillis);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, selector, text, isReadable]);
  const errors = isReadable ? (answer?.errors ?? nothing) : nothing;
  const isCurrent = !isReadable || answer?.text === text;
  return useMemo(() => {
    // Marks of an older text would stand in wrong places.
    const known = isCurrent ? marksOf(text, reading, errors) : [];
    const marks = reading.problem ? known : [...known, ...placeholderMarks(text, reading)];
    return { errors, marks, isCurrent, problem: answer?.problem };
  }, [text, reading, errors, isCurrent, answer]);
}
