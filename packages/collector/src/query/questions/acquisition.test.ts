/** Channels and campaigns with their costs, and messages, against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, share, sum } from "../../testing/shop/plain.js";
import {
  type Act,
  DAY,
  inJanuary,
  isBot,
  NEW_YEAR,
  personOf,
  randomShop,
  type Spending,
} from "../../testing/shop/random.js";
import { storeShop } from "../../testing/shop/store.js";
import { touchAt } from "../../testing/shop/touches.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const SHOP = randomShop(31, 700, 0);
const ACTS = SHOP.acts.filter((act) => !isBot(act));
const OF_JANUARY = ACTS.filter(({ time }) => inJanuary(time));
const END = NEW_YEAR + 31 * DAY;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

/** Costs of January: the last that was told of each day of a campaign. */
const SPENDINGS = [
  ...groupBy(SHOP.spendings, ({ day, channel, campaign }) => [day, channel, campaign]).values(),
].flatMap((told) => (inJanuary(Date.parse(first(told).day)) ? (told.at(-1) ?? []) : []));

interface Comer {
  channel: string;
  campaign: string;
  group: string;
  converted: boolean;
  isNew: boolean;
}

type Attribution = "first" | "last";

function comers(attribution: Attribution, filter: (act: Act) => boolean = () => true): Comer[] {
  const came = OF_JANUARY.filter((act) => !act.name.startsWith("message") && filter(act));
  return [...groupBy(came, personOf).values()].map((own) => {
    const person = personOf(first(own));
    const goals = inTime(ACTS.filter((act) => act.name === "order" && personOf(act) === person));
    const inPeriod = goals.filter(({ time }) => inJanuary(time));
    const touch = touchAt(ACTS, person, inPeriod[0]?.time ?? END, attribution);
    return {
      channel: touch?.touch ?? "",
      campaign: touch?.campaign ?? "",
      group: first(inTime(own)).page,
      converted: inPeriod.length > 0,
      isNew: inPeriod.length > 0 && goals[0] === inPeriod[0],
    };
  });
}

const peopleRow = (people: readonly Comer[]): Record<string, unknown> => {
  const converted = people.filter((one) => one.converted).length;
  return {
    people: people.length,
    converted,
    ...share("conversion", converted, people.length),
    newCustomers: people.filter(({ isNew }) => isNew).length,
  };
};

const costRow = (spendings: readonly Spending[], newCustomers: number): Record<string, unknown> => {
  const of = (what: "impressions" | "clicks" | "cost"): number =>
    sum(spendings.map((spending) => spending[what]));
  const cost = spendings.length === 0 ? null : of("cost");
  return {
    impressions: of("impressions"),
    clicks: of("clicks"),
    ...share("clickThroughRate", of("clicks"), of("impressions")),
    currency: "EUR",
    cost,
    costPerClick: cost === null || of("clicks") === 0 ? null : cost / of("clicks"),
    acquisitionCost: cost === null || newCustomers === 0 ? null : cost / newCustomers,
  };
};

function rows(people: readonly Comer[], level: "channel" | "campaign"): object[] {
  const keyOf = ({ channel, campaign }: { channel: string; campaign: string }): object => ({
    channel,
    campaign: level === "campaign" ? campaign : "",
  });
  return [...groupBy([...people, ...SPENDINGS], keyOf).keys()].map((key) => {
    const isOf = (one: { channel: string; campaign: string }): boolean =>
      JSON.stringify(keyOf(one)) === key;
    const own = people.filter(isOf);
    const newCustomers = own.filter(({ isNew }) => isNew).length;
    return {
      ...keyOf([...own, ...SPENDINGS.filter(isOf)][0] ?? { channel: "", campaign: "" }),
      ...peopleRow(own),
      ...costRow(SPENDINGS.filter(isOf), newCustomers),
    };
  });
}

describe("acquisition", () => {
  it.each([
    ["first", "channel"],
    ["last", "channel"],
    ["first", "campaign"],
    ["last", "campaign"],
  ] as const)("counts people for the %s touch with costs by %s", async (attribution, level) => {
    const answer = await askShop(store, "acquisition", { attribution, level });
    const wanted = rows(comers(attribution), level);
    expect(wanted).toContainEqual(expect.objectContaining({ channel: "display", people: 0 }));
    expectRows(answer.rows, wanted);
  });

  it("filters and groups by how people came, and has no costs of groups", async () => {
    const filters = [{ property: "page", op: "in", value: ["/a", "/b"] }];
    const answer = await askShop(store, "acquisition", { filters, breakdown: "page" });
    const people = comers("first", ({ page }) => page !== "/help");
    expectRows(
      answer.rows,
      [...groupBy(people, ({ group, channel }) => [group, channel]).values()].map((own) => ({
        group: first(own).group,
        channel: first(own).channel,
        campaign: "",
        ...peopleRow(own),
        ...costRow([], 0),
      })),
    );
  });

  it("sums no costs of several currencies, and those of the one that is named", async () => {
    const cost = { site_id: "abroad", day: "2026-01-05", acquisition_channel: "video", clicks: 2 };
    await store.client.insert({
      table: "costs",
      values: [
        { ...cost, cost: 7, currency: "USD" },
        { ...cost, cost: 9, currency: "EUR" },
      ],
      format: "JSONEachRow",
    });
    const both = await askShop(store, "acquisition", {}, { site: "abroad" });
    expect(both.rows).toMatchObject([{ clicks: 4, currency: "", cost: null, costPerClick: null }]);
    const dollars = await askShop(store, "acquisition", { currency: "USD" }, { site: "abroad" });
    expect(dollars.rows).toMatchObject([
      { clicks: 2, currency: "USD", cost: 7, costPerClick: 3.5, clickThroughRate: null },
    ]);
  });

  it("compares periods, each with its costs", async () => {
    const compare = { from: "2025-12-20", to: "2025-12-31" };
    const { rows: compared } = await askShop(store, "acquisition", { compare });
    const email = compared.find(({ channel }) => channel === "email");
    expect(email).toMatchObject({ cost: expect.any(Number), costOther: expect.any(Number) });
    expect(compared.filter(({ channel }) => channel === "email")).toHaveLength(1);
  });

  it("reads no event from after its period, and few columns", async () => {
    const answer = await askShop(store, "acquisition", { to: "2026-01-20" });
    expect(await readsOf(store, answer)).toMatch(/Partition[\s\S]*?Parts: 4\/\d/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("acquisition_channel");
    for (const unused of ["traits", "properties", "page_path"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

describe("messages", () => {
  const messages = [
    ...groupBy(
      ACTS.filter(({ name }) => name.startsWith("message")),
      (act) => [personOf(act), act.message],
    ).values(),
  ];

  function wanted(days: number): object[] {
    const sent = messages.flatMap((acts) => {
      const told = inTime(acts).filter(
        ({ time }) => time >= NEW_YEAR - days * DAY && time < END + days * DAY,
      );
      const sending = told.find(({ name }) => name === "message_sent");
      if (sending === undefined || !inJanuary(sending.time)) return [];
      const became = (name: string): boolean =>
        told.some(
          (act) =>
            act.name === name && act.time >= sending.time && act.time <= sending.time + days * DAY,
        );
      const isClicked = became("message_clicked");
      return [{ sending, isClicked, isOpened: isClicked || became("message_opened") }];
    });
    return [...groupBy(sent, ({ sending }) => [sending.channel, sending.campaign]).values()].map(
      (own) => {
        const opened = own.filter(({ isOpened }) => isOpened).length;
        const clicked = own.filter(({ isClicked }) => isClicked).length;
        return {
          channel: first(own).sending.channel,
          campaign: first(own).sending.campaign,
          sent: own.length,
          people: new Set(own.map(({ sending }) => personOf(sending))).size,
          opened,
          ...share("openRate", opened, own.length),
          clicked,
          ...share("clickRate", clicked, own.length),
          ...share("clickToOpen", clicked, opened),
        };
      },
    );
  }

  it.each([5, 30])("are opened and clicked within %i days of being sent first", async (days) => {
    expectRows((await askShop(store, "messages", { days })).rows, wanted(days));
  });

  it("reads events of messages alone, and few columns", async () => {
    const answer = await askShop(store, "messages");
    expect(await readsOf(store, answer)).toMatch(/name in 3-element set/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("properties.messageId");
    for (const unused of ["traits", "properties", "page_path"]) {
      expect(columns).not.toContain(unused);
    }
  });
});
