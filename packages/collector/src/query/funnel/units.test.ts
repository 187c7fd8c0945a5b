/** Persons, sessions and accounts; no bots, no other site. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, openFunnelStore, T0, uuid } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

describe("who is counted", () => {
  it("counts a visitor who logs in later as one person, on every device", async () => {
    const site = test.newSite();
    await test.insert(
      [
        { id: uuid(5, 1), name: "a", time: T0, device: 1 },
        { id: uuid(5, 2), name: "b", time: T0 + 1000, device: 1, user: "u" },
        { id: uuid(5, 3), name: "c", time: T0 + 2000, device: 2 },
        { id: uuid(5, 4), name: "a", time: T0, device: 3 },
      ],
      site,
    );
    expect(await test.people({ steps: ["a", "b", "c"], windowSeconds: 60 }, site)).toEqual([
      2, 0, 0,
    ]);
    await test.link(site, 1, "u", T0 + 1000);
    expect(await test.people({ steps: ["a", "b", "c"], windowSeconds: 60 }, site)).toEqual([
      2, 1, 0,
    ]);
    await test.link(site, 2, "u", T0 + 9000);
    expect(await test.people({ steps: ["a", "b", "c"], windowSeconds: 60 }, site)).toEqual([
      2, 1, 1,
    ]);
    expect(await test.people({ steps: ["a", "b", "a"], windowSeconds: 60 }, site)).toEqual([
      2, 1, 0,
    ]);
  });

  it("counts by session and by account when asked", async () => {
    const site = test.newSite();
    await test.insert(
      [
        {
          id: uuid(6, 1),
          name: "a",
          time: T0,
          device: 1,
          session: 1,
          columns: { account_id: "acme" },
        },
        { id: uuid(6, 2), name: "b", time: T0 + 1, device: 1, session: 2 },
        { id: uuid(6, 3), name: "a", time: T0 + 2, device: 1, session: 2 },
        {
          id: uuid(6, 4),
          name: "b",
          time: T0 + 3,
          device: 2,
          session: 2,
          columns: { account_id: "acme" },
        },
      ],
      site,
    );
    expect(
      await test.people({ steps: ["a", "b"], windowSeconds: 60, by: "session" }, site),
    ).toEqual([2, 1]);
    expect(
      await test.people({ steps: ["a", "b"], windowSeconds: 60, by: "account" }, site),
    ).toEqual([1, 1]);
    expect(await test.people({ steps: ["a", "b"], windowSeconds: 60 }, site)).toEqual([1, 1]);
  });

  it("leaves bots out and never mixes sites", async () => {
    const [site, other] = [test.newSite(), test.newSite()];
    await test.insert(
      [{ id: uuid(9, 1), name: "a", time: T0, device: 1, columns: { bot: true } }],
      site,
    );
    await test.insert([{ id: uuid(9, 2), name: "a", time: T0, device: 1 }], other);
    expect(await test.people({ steps: ["a"], windowSeconds: 60 }, site)).toEqual([0]);
    expect(await test.people({ steps: ["a"], windowSeconds: 60 }, other)).toEqual([1]);
  });
});
