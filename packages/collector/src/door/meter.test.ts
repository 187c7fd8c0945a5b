import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "./meter.js";

describe("a meter", () => {
  it("lets a minute's worth through at once, and then so many a minute", () => {
    let now = 1_000_000;
    const meter = new Meter(60, () => now);
    for (let times = 0; times < 60; times++) expect(meter.take("a")).toBe(0);
    expect(meter.take("a")).toBe(1);
    expect(meter.take("b")).toBe(0);
    now += 1000;
    expect(meter.take("a")).toBe(0);
    expect(meter.take("a")).toBe(1);
    now += 60_000;
    for (let times = 0; times < 60; times++) expect(meter.take("a")).toBe(0);
  });

  it("says after how many seconds it lets one through, and then does", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 500 }),
        (rate, n) => {
          let now = 5_000_000;
          const meter = new Meter(rate, () => now);
          for (let times = 0; times < n; times++) {
            const wait = meter.take("a");
            if (wait === 0) continue;
            expect(wait).toSatisfy(Number.isInteger);
            expect(wait).toBeLessThanOrEqual(60);
            now += wait * 1000;
            expect(meter.take("a")).toBe(0);
          }
        },
      ),
    );
  });

  it("never lets more through than a minute's worth and what time has brought", () => {
    const steps = fc.array(fc.record({ pause: fc.nat(3000), takes: fc.nat(50) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), steps, (rate, all) => {
        const start = 5_000_000;
        let now = start;
        let taken = 0;
        const meter = new Meter(rate, () => now);
        for (const { pause, takes } of all) {
          now += pause;
          for (let times = 0; times < takes; times++) if (meter.take("a") === 0) taken++;
          expect(taken).toBeLessThanOrEqual(rate + ((now - start) / 60_000) * rate + 1e-6);
        }
      }),
    );
  });

  it("asks without taking", () => {
    const meter = new Meter(1, () => 1_000_000);
    expect([meter.wait("a"), meter.take("a"), meter.wait("a"), meter.take("a")]).toEqual([
      0, 0, 60, 60,
    ]);
  });

  it("shuts nobody out because the clock was set back", () => {
    let now = 10_000_000;
    const meter = new Meter(1, () => now);
    expect(meter.take("a")).toBe(0);
    now -= 5_000_000;
    expect(meter.take("a")).toBe(0);
    expect(meter.take("a")).toBe(60);
  });

  it("remembers a bounded number of callers, the latest and the busy ones", () => {
    const meter = new Meter(1, () => 1_000_000);
    meter.take("busy");
    for (let caller = 0; caller < 400_000; caller++) {
      meter.take(`caller ${caller}`);
      if (caller % 1000 === 0) expect(meter.take("busy")).toBe(60);
    }
    expect(meter.take("caller 399999")).toBe(60);
    expect(meter.take("caller 0")).toBe(0);
  });
});
