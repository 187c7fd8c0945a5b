import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { batchArrivals } from "./batch-arrivals.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tells the sum of arrivals once per interval", () => {
  const told: number[] = [];
  const arrivals = batchArrivals((count) => told.push(count), 10_000);
  arrivals.add(2);
  vi.advanceTimersByTime(4000);
  arrivals.add(3);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(6000);
  expect(told).toEqual([5]);
  arrivals.add(1);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([5, 1]);
});

it("tells nothing once stopped", () => {
  const told: number[] = [];
  const arrivals = batchArrivals((count) => told.push(count), 10_000);
  arrivals.add(2);
  arrivals.stop();
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([]);
});
