import { repositorySelector, useAct } from "@dagster-ui/client";
import { toast } from "@dagster-ui/kit";
import { useCallback } from "react";
import {
  StartScheduleDocument,
  StartSensorDocument,
  StopScheduleDocument,
  StopSensorDocument,
} from "./automation.gql";
import type { Instigator } from "./facts";

/** What one has to know of a schedule or sensor to turn it. */
export type Switchable = Pick<Instigator, "kind" | "id" | "name" | "address" | "isOn">;

export function scheduleSelector(of: Pick<Instigator, "address" | "name">) {
  return { ...repositorySelector(of.address), scheduleName: of.name };
}

export function sensorSelector(of: Pick<Instigator, "address" | "name">) {
  return { ...repositorySelector(of.address), sensorName: of.name };
}

export function instigationSelector(of: Pick<Instigator, "address" | "name">) {
  return { ...repositorySelector(of.address), name: of.name };
}

/** A function that turns a schedule or sensor on or off and says so; it answers whether that worked. */
export function useSwitch(): (of: Switchable, isOn: boolean) => Promise<boolean> {
  const startSchedule = useAct(StartScheduleDocument);
  const stopSchedule = useAct(StopScheduleDocument);
  const startSensor = useAct(StartSensorDocument);
  const stopSensor = useAct(StopSensorDocument);
  return useCallback(
    async (of, isOn) => {
      const switched = async () => {
        if (of.kind === "schedule")
          return isOn
            ? (await startSchedule({ selector: scheduleSelector(of) })).startSchedule
            : (await stopSchedule({ id: of.id })).stopRunningSchedule;
        return isOn
          ? (await startSensor({ selector: sensorSelector(of) })).startSensor
          : (await stopSensor({ id: of.id })).stopSensor;
      };
      try {
        const result = await switched();
        const refusal = "message" in result ? result.message : undefined;
        if (refusal === undefined) toast("ok", `${of.name} is ${isOn ? "on" : "off"}.`);
        else toast("failed", refusal);
        return refusal === undefined;
      } catch (error) {
        toast("failed", error instanceof Error ? error.message : String(error));
        return false;
      }
    },
    [startSchedule, stopSchedule, startSensor, stopSensor],
  );
}
