import { repositoryAddress, useQuestion } from "@dagster-ui/client";
import { IconListDetails, IconPlayerPlay } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { type Command, useCommandSource } from "../commands/commands";
import { bestMatches } from "../commands/matching";
import { RoomsDocument } from "../commands/rooms.gql";

/** Lets the palette open any job, and its launchpad: `launch nightly`. */
export function useJobCommands(): void {
  const { data } = useQuestion(RoomsDocument, {});
  const navigate = useNavigate();
  const answer = data?.repositoriesOrError;
  const offer = useCallback(
    (query: string): Command[] => {
      const jobs = (answer?.__typename === "RepositoryConnection" ? answer.nodes : []).flatMap((repository) =>
        repository.pipelines
          .filter((job) => !job.name.startsWith("__"))
          .map((job) => ({ name: job.name, address: repositoryAddress(repository) })),
      );
      return bestMatches(
        jobs,
        query.replace(/^(?:l(?:a(?:u(?:n(?:ch?)?)?)?)?\s+|launch$)/i, ""),
        (job) => job.name,
        10,
      ).flatMap((job): Command[] => {
        const params = { repository: job.address, job: job.name };
        return [
          {
            id: `job:${job.address}/${job.name}`,
            label: job.name,
            group: `Job in ${job.address}`,
            icon: <IconListDetails size={15} />,
            run: () => void navigate({ to: "/jobs/$repository/$job", params, search: {} }),
          },
          {
            id: `launch:${job.address}/${job.name}`,
            label: `Launch ${job.name}`,
            group: "Action",
            icon: <IconPlayerPlay size={15} />,
            run: () => void navigate({ to: "/jobs/$repository/$job", params, search: { tab: "launchpad" } }),
          },
        ];
      });
    },
    [answer, navigate],
  );
  useCommandSource(offer);
}
