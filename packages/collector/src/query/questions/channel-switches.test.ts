/** Moves between channels and accounts that went quiet, against the same computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { wilson } from "../../testing/intervals.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, quantile } from "../../testing/shop/plain.js";
import {
  type Act,
  DAY,
  inJanuary,
  isBot,
  personOf,
  randomShop,
} from "../../testing/shop/random.js";
import { storeShop } from "../../testing/shop/store.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { ask } from "../ask.js";
import { QUERIES } from "../registry.js";

const SHOP = randomShop(21, 900, 0);
const OWN = SHOP.acts.filter((act) => !isBot(act) && act.name !== "message_sent");

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

interface Move {
  touch: Act;
  to: string;
  seconds: number | undefined;
}

function moves(days: number): Move[] {
  const touches = [
    ...groupBy(OWN, (act) => [
      personOf(act),
      act.session,
      act.session === 0 ? [act.channel, Math.floor(act.time / DAY)] : 0,
    ]).values(),
  ].map((acts) => first(inTime(acts)));
  return [...groupBy(touches, personOf).values()].flatMap((own) =>
    inTime(own).map((touch, place, all) => {
      const next = all[place + 1];
      const gap = next === undefined ? Number.POSITIVE_INFINITY : next.time - touch.time;
      return next === undefined || gap > days * DAY
        ? { touch, to: "", seconds: undefined }
        : { touch, to: next.channel, seconds: gap / 1000 };
    }),
  );
}

const matrix = (of: readonly Move[]): Record<string, unknown>[] =>
  [...groupBy(of, ({ touch, to }) => [touch.channel, to]).values()].map((cell) => {
    const from = first(cell).touch.channel;
    const touches = of.filter(({ touch }) => touch.channel === from).length;
    const [low, high] = wilson(cell.length, touches);
    return {
      fromChannel: from,
      toChannel: first(cell).to,
      moves: cell.length,
      people: new Set(cell.map(({ touch }) => personOf(touch))).size,
      touches,
      share: cell.length / touches,
      low,
      high,
      medianSeconds: quantile(
        cell.flatMap(({ seconds }) => seconds ?? []),
        0.5,
      ),
    };
  });

describe("channel_switches", () => {
  it.each([1, 7])("counts each touch and where it moved within %i days", async (days) => {
    const { rows } = await askShop(store, "channel_switches", { days });
    expectRows(rows, matrix(moves(days).filter(({ touch }) => inJanuary(touch.time))));
  });

  it("filters and groups by the touch that is left", async () => {
    const filters = [{ property: "page", op: "=", value: "/help" }];
    const all = moves(7).filter(({ touch }) => inJanuary(touch.time));
    const { rows } = await askShop(store, "channel_switches", { filters, breakdown: "page" });
    const left = all.filter(({ touch }) => touch.page === "/help");
    expectRows(
      rows,
      matrix(left).map((row) => ({ group: "/help", ...row })),
    );
  });

  it("reads a day and the days of the move beyond the period, and few columns", async () => {
    const answer = await askShop(store, "channel_switches", {
      from: "2026-01-05",
      to: "2026-01-10",
    });
    expect(await readsOf(store, answer)).toMatch(/Partition[\s\S]*?Parts: 2\/\d/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("channel");
    for (const unused of ["traits", "properties", "page_path", "user_id"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

describe("quiet_accounts", () => {
  const asked = async (input: object, now = 0): Promise<Record<string, unknown>[]> => {
    const query = QUERIES.get("quiet_accounts");
    if (query === undefined) throw new Error("no quiet_accounts");
    return (await ask(store.client, query, input, "default", { now: () => now })).rows;
  };
  const MOMENT = Date.UTC(2026, 0, 11);

  function quiet(moment: number, days: number): object[] {
    const names = new Set([...OWN, ...SHOP.patrons].map(({ account }) => account));
    names.delete("");
    return [...names].flatMap((account): object[] => {
      const signs = OWN.filter((act) => act.account === account && act.time < moment);
      const customers = SHOP.patrons.filter(
        (patron) =>
          patron.account === account &&
          (patron.since === null || Date.parse(patron.since) <= moment) &&
          (patron.until === null || Date.parse(patron.until) > moment),
      ).length;
      if (signs.length === 0) {
        return customers === 0
          ? []
          : [{ account, customers, people: 0, lastSeen: null, daysQuiet: null }];
      }
      const last = Math.max(...signs.map(({ time }) => time));
      const daysQuiet = Math.floor((moment - last) / DAY);
      const people = new Set(signs.map(personOf)).size;
      const lastSeen = new Date(last).toISOString();
      return daysQuiet < days ? [] : [{ account, customers, people, lastSeen, daysQuiet }];
    });
  }

  it("lists accounts of the base or of events without a sign, before a date or before now", async () => {
    const wanted = quiet(MOMENT, 1);
    expect(wanted.length).toBeGreaterThan(2);
    expectRows(await asked({ to: "2026-01-10", days: 1 }), wanted);
    expectRows(await asked({ days: 1 }, MOMENT), wanted);
  });

  it("puts those never seen first, then those longest quiet", async () => {
    const rows = await asked({ to: "2027-01-10" });
    const seen = rows.map(({ lastSeen }) => (typeof lastSeen === "string" ? lastSeen : ""));
    expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await asked({ to: "2027-01-10", limit: 2 })).toEqual(rows.slice(0, 2));
  });
});
