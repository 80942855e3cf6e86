// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { KitProvider } from "../theme/theme";
import { ErrorCard } from "./ErrorCard";
import type { Problem } from "./frames";

afterEach(cleanup);

const cause: Problem = {
  className: "ZeroDivisionError",
  message: "ZeroDivisionError: division by zero\n",
  stack: [
    '  File "/venv/lib/python3.12/site-packages/pandas/core.py", line 7, in apply\n    return fn(x)\n',
    '  File "/home/ada/project/trips.py", line 41, in trips\n    fare / distance\n',
  ],
  causes: [],
};
const problem: Problem = {
  className: "DagsterExecutionStepExecutionError",
  message: 'Error occurred while executing op "trips"',
  stack: ['  File "/venv/lib/python3.12/site-packages/dagster/execution.py", line 9, in run\n'],
  causes: [cause],
};

it("shows the user's exception, file and line at once", () => {
  render(
    <KitProvider>
      <ErrorCard problem={problem} title="Step trips" />
    </KitProvider>,
  );
  expect(screen.getByText("ZeroDivisionError")).toBeTruthy();
  expect(screen.getByText("division by zero")).toBeTruthy();
  expect(screen.getByText("ada/project/trips.py:41")).toBeTruthy();
  expect(screen.getByText("fare / distance")).toBeTruthy();
  expect(screen.queryByText(/frame of packages/)).toBeNull();
});

it("folds the frames of packages in the traceback", () => {
  render(
    <KitProvider>
      <ErrorCard problem={problem} />
    </KitProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Show the traceback" }));
  expect(screen.getAllByText("1 frame of packages")).toHaveLength(2);
  expect(screen.getByText("It led to")).toBeTruthy();
});
