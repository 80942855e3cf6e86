import { StatusMark } from "@dagster-ui/kit";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { type Command, useCommandSource } from "../commands/commands";
import { bestMatches } from "../commands/matching";
import { useMaterialize } from "./launching";
import { stateOf } from "./store";
import { useAssets } from "./use";

/** The verb before a name. Alone it must be told from the beginning of a name. */
const verb =
  /^(?:(?:m|ma|mat|mate|mater|materi|materia|material|materiali[sz]e?)\s+|material(?:i[sz]?e?)?$)/i;

/** Lets the palette open and materialize any asset: `orders` or `mat orders`. */
export function useAssetCommands(): void {
  const assets = useAssets();
  const navigate = useNavigate();
  const materialize = useMaterialize();
  const offer = useCallback(
    (query: string): Command[] => {
      const wantsAction = verb.test(query);
      const found = bestMatches(assets.facts, query.replace(verb, ""), (each) => each.key, 12);
      const opening = found.map(
        (each): Command => ({
          id: `asset:${each.key}`,
          label: each.key,
          group: `Asset in ${each.group}`,
          icon: <StatusMark status={stateOf(assets, each.key).status} />,
          run: () => navigate({ to: "/assets/$", params: { _splat: each.key } }),
        }),
      );
      const making = found
        .filter((each) => each.isMaterializable)
        .slice(0, wantsAction ? 12 : 3)
        .map(
          (each): Command => ({
            id: `materialize:${each.key}`,
            label: each.isPartitioned ? `Materialize partitions of ${each.key}` : `Materialize ${each.key}`,
            group: "Action",
            icon: <IconPlayerPlay size={15} />,
            run: () =>
              each.isPartitioned
                ? void navigate({
                    to: "/assets/$",
                    params: { _splat: each.key },
                    search: { tab: "partitions" },
                  })
                : void materialize([each]),
          }),
        );
      return wantsAction ? making : [...opening, ...making];
    },
    [assets, navigate, materialize],
  );
  useCommandSource(offer);
}
