import { useQuestion } from "@dagster-ui/client";
import { KeyHint } from "@dagster-ui/kit";
import { Autocomplete } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useAssets } from "../assets/use";
import { useCommands } from "../commands/commands";
import { isOfAssets } from "./facts";
import { offersFor, readCondition, typedTagKey } from "./filters";
import { RunFilterValuesDocument, RunTagValuesDocument } from "./runs.gql";
import styles from "./runs.module.css";

const route = getRouteApi("/runs/");

/** Takes a condition at a time: a job, an asset or a tag, which then stands in the address. */
export function RunsQuery() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/" });
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [isUsed, setUsed] = useState(false);
  const offers = useOffers(typed, isUsed);
  const submit = (value: string) => {
    const condition = readCondition(value, search);
    if (!condition) return setTyped(value);
    setTyped("");
    // What is offered next would lie over the runs that were asked for.
    field.current?.blur();
    void navigate({ search: (old) => ({ ...old, ...condition, before: undefined }) });
  };
  useCommands([
    {
      id: "runs-filter",
      label: "Filter the runs",
      group: "Runs",
      keys: "f",
      run: () => field.current?.focus(),
    },
  ]);
  return (
    <Autocomplete
      ref={field}
      className={styles.query}
      size="xs"
      aria-label="Filter by job, asset or tag"
      placeholder="Filter by job, asset or tag"
      leftSection={<IconFilter size={14} />}
      rightSection={<KeyHint keys="f" />}
      data={offers}
      // What is offered was chosen for what is typed already.
      filter={({ options }) => options}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={submit}
      onFocus={() => setUsed(true)}
      onKeyDown={(event) => {
        // An option that is marked submits itself; without one, what is typed counts, or the best that is offered for it.
        const isMarked = event.currentTarget.getAttribute("aria-activedescendant");
        if (event.key === "Enter" && !isMarked)
          submit(readCondition(typed, search) ? typed : (offers[0] ?? typed));
        if (event.key === "Escape") event.currentTarget.blur();
      }}
      selectFirstOptionOnChange
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function useOffers(typed: string, isUsed: boolean): string[] {
  const assets = useAssets();
  const values = useQuestion(RunFilterValuesDocument, {}, { isPaused: !isUsed });
  const key = typedTagKey(typed);
  const tags = useQuestion(RunTagValuesDocument, { keys: [key ?? ""] }, { isPaused: key === undefined });
  return useMemo(() => {
    const repositories = values.data?.repositoriesOrError;
    const jobs =
      repositories?.__typename === "RepositoryConnection"
        ? repositories.nodes.flatMap((node) => node.jobs.map((job) => job.name))
        : [];
    const keys = values.data?.runTagKeysOrError;
    const found = tags.data?.runTagsOrError;
    return offersFor(typed, {
      jobs: [...new Set(jobs)].filter((jobName) => !isOfAssets({ jobName })),
      assets: assets.facts.map((each) => each.key),
      tagKeys: keys?.__typename === "RunTagKeys" ? keys.keys : [],
      tagValues: found?.__typename === "RunTags" ? found.tags.flatMap((each) => each.values) : [],
    });
  }, [typed, values.data, tags.data, assets.facts]);
}
