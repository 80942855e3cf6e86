import { expect, it } from "vitest";
import { isNews } from "./news";

const rows = [
  { id: "going", status: "STARTED" },
  { id: "ended", status: "SUCCESS" },
] as const;

function changed(id: string, status: "STARTED" | "SUCCESS" | "FAILURE") {
  const run = {
    __typename: "Run",
    id,
    status,
    jobName: "j",
    creationTime: 0,
    startTime: 0,
    endTime: 0,
  } as const;
  return { isReset: false, runs: [run], runIds: [] };
}

it("asks again for runs that are not listed, and for the error of one that failed", () => {
  expect(isNews(changed("new", "STARTED"), rows)).toBe(true);
  expect(isNews(changed("going", "SUCCESS"), rows)).toBe(false);
  expect(isNews(changed("going", "FAILURE"), rows)).toBe(true);
});

it("asks again when an ended run is touched, for it may be gone, but not for each line of a log", () => {
  const touched = (id: string) => ({ isReset: false, runs: [], runIds: [id] });
  expect(isNews(touched("going"), rows)).toBe(false);
  expect(isNews(touched("ended"), rows)).toBe(true);
  expect(isNews(touched("unknown"), rows)).toBe(false);
  expect(isNews({ isReset: true, runs: [], runIds: [] }, rows)).toBe(true);
});
