import { repositoryAddress, useQuestion } from "@dagster-ui/client";
import { IconBolt, IconClock } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { type Command, useCommandSource } from "../commands/commands";
import { bestMatches } from "../commands/matching";
import { RoomsDocument } from "../commands/rooms.gql";
import { type Switchable, useSwitch } from "./switching";

const verb = /^(?:turn|switch|start|stop)(?:\s+(?:on|off)?\s*|$)/i;

/** Lets the palette open any schedule or sensor, and turn it on or off: `turn off nightly`. */
export function useAutomationCommands(): void {
  const { data } = useQuestion(RoomsDocument, {});
  const navigate = useNavigate();
  const turn = useSwitch();
  const answer = data?.repositoriesOrError;
  const offer = useCallback(
    (query: string): Command[] => {
      const all = (answer?.__typename === "RepositoryConnection" ? answer.nodes : []).flatMap(
        (repository): Switchable[] => {
          const address = repositoryAddress(repository);
          return [
            ...repository.schedules.map(({ name, scheduleState: { id, status } }) => ({
              kind: "schedule" as const,
              name,
              address,
              id,
              isOn: status === "RUNNING",
            })),
            ...repository.sensors.map(({ name, sensorState: { id, status } }) => ({
              kind: "sensor" as const,
              name,
              address,
              id,
              isOn: status === "RUNNING",
            })),
          ];
        },
      );
      return bestMatches(all, query.replace(verb, ""), (each) => `${each.name} ${each.kind}`, 10).flatMap(
        (each): Command[] => {
          const icon = iconOf(each.kind);
          const key = `${each.address}/${each.name}`;
          return [
            {
              id: `instigator:${key}`,
              label: each.name,
              group: `${each.kind === "schedule" ? "Schedule" : "Sensor"} in ${each.address}`,
              icon,
              run: () => void navigate({ to: "/automation", search: { focus: key } }),
            },
            {
              id: `switch:${key}`,
              label: `Turn ${each.isOn ? "off" : "on"} ${each.name}`,
              group: "Action",
              icon,
              run: () => void turn(each, !each.isOn),
            },
          ];
        },
      );
    },
    [answer, navigate, turn],
  );
  useCommandSource(offer);
}

function iconOf(kind: Switchable["kind"]) {
  return kind === "schedule" ? <IconClock size={15} /> : <IconBolt size={15} />;
}
