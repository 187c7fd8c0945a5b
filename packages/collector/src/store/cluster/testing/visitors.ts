/** Milliseconds of the first event. */
export const T0 = Date.UTC(2026, 0, 10);

const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** The same sequence each time, uniform in 0…below-1. */
function sequence(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Rows of visitors who log in within a session, on one or two devices, some of which others use too;
 * with copies, bots and accounts. Their events before and after a login are on different shards.
 */
export function visitors(): Record<
  "events" | "identities" | "contacts" | "customers" | "costs",
  object[]
> {
  const random = sequence();
  const events: object[] = [];
  const identities: object[] = [];
  for (let person = 0; person < 120; person++) {
    const devices = [person, ...(random(3) === 0 ? [1000 + random(60)] : [])];
    const known = random(3) > 0;
    devices.forEach((device, place) => {
      const login = random(8);
      if (known) identities.push(link(device, person, T0 + place * 1000));
      const session = person * 10 + place;
      for (let n = 0; n < 8; n++) {
        const row = {
          site_id: "s",
          id: uuid(3, events.length),
          name: n === 5 ? "page_view" : "abcd".charAt(random(4)),
          page_path: `/${n % 3}`,
          outcome: ["", "success", "failure"][n % 3],
          occurred_at: T0 + random(20) * 86_400_000 + random(50) * 1000,
          received_at: Date.now() - random(86_400_000),
          anonymous_id: uuid(1, device),
          session_id: uuid(2, session),
          ...(known && n >= login ? { user_id: `u${person}` } : {}),
          account_id: random(2) === 0 ? `account${person % 7}` : "",
          acquisition_channel: n === 0 ? ["search", "email", "direct"][random(3)] : "",
          device: ["mobile", "desktop"][random(2)],
          properties: { plan: ["x", "y"][random(2)] },
          bot: random(20) === 0,
        };
        for (let copy = random(6) === 0 ? 0 : 1; copy < 2; copy++) events.push(row);
      }
    });
  }
  for (let n = 0; n < 300; n++) events.push(form(random, n));
  return {
    events,
    identities,
    contacts: contacts(random),
    customers: customers(),
    costs: costs(random),
  };
}

type Random = ReturnType<typeof sequence>;

/** What visitors do with forms and messages, and their orders. */
const form = (random: Random, n: number): object => ({
  site_id: "s",
  id: uuid(4, n),
  name: ["form_start", "form_submit", "form_abandon", "message_sent", "message_opened", "order"][
    random(6)
  ],
  value: random(100),
  currency: "EUR",
  occurred_at: T0 + random(20) * 86_400_000,
  received_at: Date.now(),
  anonymous_id: uuid(1, random(120)),
  session_id: uuid(6, n % 90),
  channel: ["web", "app"][n % 2],
  properties: { form: ["quote", "login"][random(2)], field: "mail", messageId: "spring" },
});

/** Contacts of devices and of users, each opened and most resolved. */
function contacts(random: Random): object[] {
  return Array.from({ length: 200 }, (_, n) => {
    const person = random(120);
    const row = {
      site_id: "s",
      anonymous_id: uuid(1, person),
      user_id: random(2) === 0 ? `u${person}` : "",
      contact_id: `contact ${n}`,
      reason: ["bill", "complaint"][random(2)],
      channel: ["phone", "chat"][random(2)],
      wait_seconds: random(300),
      received_at: Date.now(),
    };
    const opened = T0 + random(20) * 86_400_000;
    return [
      { ...row, id: uuid(5, 2 * n), name: "contact_opened", occurred_at: opened },
      ...(random(4) === 0
        ? []
        : [
            {
              ...row,
              id: uuid(5, 2 * n + 1),
              name: "contact_resolved",
              occurred_at: opened + random(90_000) * 1000,
            },
          ]),
    ];
  }).flat();
}

const customers = (): object[] =>
  Array.from({ length: 150 }, (_, n) => ({
    site_id: "s",
    user_id: `u${n}`,
    account_id: `account${n % 9}`,
    traits: { plan: ["x", "y"][n % 2] },
    received_at: T0,
  }));

const costs = (random: Random): object[] =>
  ["search", "email", "display"].map((acquisition_channel) => ({
    site_id: "s",
    day: "2026-01-12",
    acquisition_channel,
    impressions: 1000 + random(1000),
    clicks: random(1000),
    cost: random(1000),
    currency: "EUR",
    imported_at: T0,
  }));

function link(device: number, person: number, moment: number): object {
  return {
    site_id: "s",
    anonymous_id: uuid(1, device),
    user_id: `u${person}`,
    linked_at: moment,
  };
}
