import { useQuestion } from "@dagster-ui/client";
import { IconRefresh } from "@tabler/icons-react";
import { useCallback } from "react";
import { type Command, useCommandSource } from "../commands/commands";
import { LocationNamesDocument } from "../commands/rooms.gql";
import { useReload } from "./reloading";

/** Lets the palette reload any location: `reload shop`. */
export function useLocationCommands(): void {
  const { data } = useQuestion(LocationNamesDocument, {});
  const reload = useReload();
  const answer = data?.workspaceOrError;
  const offer = useCallback(
    (): Command[] => [
      ...(answer?.__typename === "Workspace" ? answer.locationEntries : []).map(
        ({ name }): Command => ({
          id: `reload:${name}`,
          label: `Reload ${name}`,
          group: "Location",
          icon: <IconRefresh size={15} />,
          run: () => void reload(name),
        }),
      ),
      {
        id: "reload-all",
        label: "Reload all locations",
        group: "Locations",
        icon: <IconRefresh size={15} />,
        run: () => void reload(),
      },
    ],
    [answer, reload],
  );
  useCommandSource(offer);
}
