import { randomUUID } from "node:crypto";
import type { Exposure } from "@balise/schema";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../testing/store.js";
import { exposuresOf, type Whose } from "./exposures.js";
import { reachedQuotas } from "./quotas.js";
import { surveyOf } from "./testing/survey.js";

/** A Wednesday, so that day, week and month begin at different moments. */
const NOW = Date.UTC(2026, 6, 15, 12, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let store: TestStore;
let sites = 0;
beforeAll(async () => {
  store = await openTestStore();
  await store.client.command({ query: "SYSTEM STOP MERGES events" });
});
afterAll(() => store.close());

interface Display {
  device: string;
  user?: string;
  surveyId?: string;
  at: number;
  placement?: string;
  /** How it ended, with how many answers. */
  dismissed?: number;
  responseId?: string;
}

const uuid = (number: number): string =>
  `00000001-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** Puts the displays into a site of their own, each event twice. */
async function put(
  displays: readonly Display[],
  links: readonly { device: string; user: string; at: number }[] = [],
): Promise<string> {
  const site = `site${++sites}`;
  const values = displays.flatMap((display) => {
    const { device, user = "", surveyId = "a", at, placement = "popover", dismissed } = display;
    const responseId = display.responseId ?? randomUUID();
    const common = { surveyId, responseId, placement, kind: "transactional", metric: "csat" };
    const event = (name: string, properties: object): object => ({
      site_id: site,
      id: randomUUID(),
      name,
      occurred_at: at,
      received_at: at,
      anonymous_id: device,
      user_id: user,
      properties: { ...common, ...properties },
    });
    return [
      event("survey_shown", {}),
      ...(dismissed === undefined ? [] : [event("survey_dismissed", { answered: dismissed })]),
    ];
  });
  for (let copies = 0; copies < 2 && values.length > 0; copies++) {
    await store.client.insert({ table: "events", values, format: "JSONEachRow" });
  }
  const pairs = links.map(({ device, user, at }) => ({
    site_id: site,
    anonymous_id: device,
    user_id: user,
    linked_at: at,
  }));
  if (pairs.length > 0) {
    await store.client.insert({ table: "identities", values: pairs, format: "JSONEachRow" });
  }
  return site;
}

const ask = (site: string, whose: Whose): Promise<Exposure[]> =>
  exposuresOf(store.client, site, whose, NOW);

const surveysOf = (exposures: Exposure[]): string[] => exposures.map(({ surveyId }) => surveyId);

const [laptop, phone, kiosk] = [uuid(1), uuid(2), uuid(3)] as const;

describe("exposures", () => {
  it("tell the phone what the laptop asked, before and after the login", async () => {
    const site = await put(
      [
        { device: laptop, surveyId: "before", at: NOW - 9 * DAY },
        { device: laptop, user: "ada", surveyId: "after", at: NOW - 8 * DAY },
        { device: phone, user: "ada", surveyId: "phone", at: NOW - DAY },
        { device: kiosk, surveyId: "nobody", at: NOW - DAY },
        { device: kiosk, user: "eve", surveyId: "eve", at: NOW - DAY },
      ],
      [
        { device: laptop, user: "ada", at: NOW - 8 * DAY },
        { device: phone, user: "ada", at: NOW - DAY },
        { device: kiosk, user: "eve", at: NOW - DAY },
      ],
    );
    expect(surveysOf(await ask(site, { anonymousId: phone, userId: "ada" }))).toEqual([
      "phone",
      "after",
      "before",
    ]);
    expect(surveysOf(await ask(site, { anonymousId: uuid(9), userId: "ada" }))).toHaveLength(3);
    expect(await ask("another site", { anonymousId: phone, userId: "ada" })).toEqual([]);
  });

  it("of a device that nobody is logged in to are those of whom it belongs to", async () => {
    const site = await put(
      [
        { device: laptop, user: "ada", surveyId: "ada", at: NOW - DAY },
        { device: laptop, user: "bob", surveyId: "bob", at: NOW - DAY },
        { device: phone, surveyId: "phone", at: NOW - DAY },
      ],
      [
        { device: laptop, user: "ada", at: NOW - 9 * DAY },
        { device: laptop, user: "bob", at: NOW - 2 * DAY },
      ],
    );
    expect(surveysOf(await ask(site, { anonymousId: laptop }))).toEqual(["ada"]);
    expect(surveysOf(await ask(site, { anonymousId: phone }))).toEqual(["phone"]);
    // Its second user has what they were shown themselves, and nothing of the first one's.
    expect(surveysOf(await ask(site, { anonymousId: laptop, userId: "bob" }))).toEqual(["bob"]);
  });

  it("count a display once, in whole hours, and tell how it ended", async () => {
    const at = NOW - DAY;
    const responseId = "ABCDEF01-0000-4000-8000-000000000000";
    const site = await put([
      { device: laptop, at, responseId, dismissed: 0 },
      { device: laptop, at: at - HOUR, dismissed: 2 },
      { device: laptop, at: at - 2 * HOUR, placement: "tab" },
      { device: laptop, at: NOW - 500 * DAY },
    ]);
    const found = await ask(site, { anonymousId: laptop });
    expect(found).toEqual([
      {
        id: "abcdef01",
        surveyId: "a",
        kind: "transactional",
        metric: "csat",
        at: at - HOUR / 2,
        dismissed: true,
      },
      expect.objectContaining({ at: at - HOUR * 1.5, dismissed: false }),
    ]);
  });

  it("pass over what is no display, whoever sent it", async () => {
    const site = await put([]);
    const forged = [{}, { responseId: 7 }, { surveyId: ["a"], responseId: "x".repeat(500) }];
    await store.client.insert({
      table: "events",
      values: forged.map((properties) => ({
        site_id: site,
        id: randomUUID(),
        name: "survey_shown",
        occurred_at: NOW - DAY,
        anonymous_id: laptop,
        properties,
      })),
      format: "JSONEachRow",
    });
    expect(await ask(site, { anonymousId: laptop })).toEqual([]);
  });

  it("are what plain code finds, for any displays and logins", async () => {
    const devices = [1, 2, 3, 4].map(uuid);
    const users = ["ada", "bob", "eve"];
    const device = fc.constantFrom(...devices);
    const moment = fc.integer({ min: 1, max: 300 }).map((days) => NOW - days * DAY);
    const displays = fc.array(
      fc.record({
        device,
        user: fc.option(fc.constantFrom(...users), { nil: undefined }),
        at: moment,
      }),
      { minLength: 1, maxLength: 12 },
    );
    const links = fc.uniqueArray(
      fc.record({ device, user: fc.constantFrom(...users), at: moment }),
      { selector: ({ device: one, user }) => one + user, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(displays, links, async (shown, linked) => {
        const named = shown.map((one, n) => {
          const { user, ...rest } = one;
          return { ...rest, ...(user && { user }), surveyId: `s${n}` };
        });
        const site = await put(named, linked);
        const ownerOf = (one: string): string | undefined =>
          linked
            .filter((link) => link.device === one)
            .toSorted((a, b) => a.at - b.at || (a.user < b.user ? -1 : 1))[0]?.user;
        const personOf = (one: { device: string; user?: string | undefined }): string =>
          one.user ?? ownerOf(one.device) ?? one.device;
        const people: { device: string; user?: string }[] = [
          ...users.map((user) => ({ device: uuid(9), user })),
          ...devices.map((one) => ({ device: one })),
        ];
        const answers = people.map(async (whose) => {
          const found = await ask(site, { anonymousId: whose.device, userId: whose.user });
          return surveysOf(found).toSorted();
        });
        const expected = people.map((whose) =>
          named
            .filter((display) => personOf(display) === personOf(whose))
            .map(({ surveyId }) => surveyId)
            .toSorted(),
        );
        expect(await Promise.all(answers)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });
});

describe("quotas", () => {
  const survey = (per: "day" | "week" | "month", displays: number) =>
    surveyOf({ id: per, quota: { displays, per } });

  it("are reached by the displays of the running day, week and month, each once", async () => {
    const at = {
      day: Date.UTC(2026, 6, 15),
      week: Date.UTC(2026, 6, 13),
      month: Date.UTC(2026, 6, 1),
    };
    const site = await put(
      (["day", "week", "month"] as const).flatMap((surveyId) => [
        { device: laptop, surveyId, at: at[surveyId] },
        { device: phone, surveyId, at: at[surveyId] + HOUR },
        { device: phone, surveyId, at: at[surveyId] - 1 },
      ]),
    );
    const of = (displays: number) =>
      reachedQuotas(
        store.client,
        site,
        {
          surveys: [
            survey("day", displays),
            survey("week", displays),
            survey("month", displays),
            surveyOf(),
          ],
        },
        NOW,
      );
    expect([...(await of(2))].toSorted()).toEqual(["day", "month", "week"]);
    expect([...(await of(3))]).toEqual([]);
  });

  it("of a week that began in another month count that month's displays", async () => {
    const now = Date.UTC(2026, 9, 2, 9);
    const site = await put([{ device: laptop, surveyId: "week", at: Date.UTC(2026, 8, 28) }]);
    const plan = { surveys: [survey("week", 1)] };
    expect([...(await reachedQuotas(store.client, site, plan, now))]).toEqual(["week"]);
  });
});
