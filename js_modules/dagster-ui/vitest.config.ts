import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/{src,mock}/**/*.test.{ts,tsx}"],
    pool: "threads",
    environment: "node",
    setupFiles: ["packages/kit/src/testing/setup.ts"],
    css: false,
    // For what hangs: on a busy machine the first page of a file takes seconds.
    testTimeout: 60_000,
  },
});
