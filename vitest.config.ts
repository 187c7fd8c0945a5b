import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "e2e/**/*.test.ts", "scripts/**/*.test.ts"],
    // chDB holds one data directory per process: worker threads would share one.
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
