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
export function visitors(): Record<string, object[]> {
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
  const { displays, feedback, steps } = answers(random);
  return {
    events: [...events, ...displays],
    identities,
    contacts: contacts(random),
    customers: customers(),
    costs: costs(random),
    feedback,
    follow_up_steps: steps,
    annotations: annotations(),
  };
}

const SCALES = [
  ["nps", 0, 10],
  ["csat", 1, 5],
  ["ces", 1, 7],
  ["stars", 1, 5],
] as const;

/** What the same people say of it: some revise it, as a visitor and as a user, which is on other shards. */
function answers(random: Random) {
  const displays: object[] = [];
  const feedback: object[] = [];
  const steps: object[] = [];
  for (let response = 0; response < 300; response++) {
    const person = random(120);
    const [metric, min, max] = SCALES[random(SCALES.length)] ?? SCALES[0];
    const start = T0 + random(20) * 86_400_000;
    const said = { site_id: "s", anonymous_id: uuid(1, person), session_id: uuid(2, person * 10) };
    displays.push({
      ...said,
      id: uuid(6, response),
      name: "survey_shown",
      occurred_at: start,
      received_at: Date.now() - 86_400_000,
      properties: { surveyId: metric, responseId: uuid(5, response) },
    });
    for (let step = random(3); step > 0; step--) {
      steps.push({
        site_id: "s",
        id: uuid(7, steps.length),
        response_id: uuid(5, response),
        changed_at: start + random(9) * 3_600_000,
        status: ["in_progress", "resolved"][random(2)],
        owner: ["ada", "bob"][random(2)],
      });
    }
    for (let revision = 0; revision < 1 + random(3); revision++) {
      const row = {
        ...said,
        id: uuid(4, feedback.length),
        occurred_at: start + revision * random(2) * 1000,
        ...(revision > 0 ? { user_id: `u${person}` } : {}),
        survey_id: metric,
        kind: ["relational", "transactional"][response % 2],
        response_id: uuid(5, response),
        question_id: "q",
        metric,
        score: min + random(max - min + 1),
        scale_min: min,
        scale_max: max,
        text: ["", "too expensive", "late delivery", "very kind"][random(4)],
        page_path: ["/a", "/b"][random(2)],
        bot: random(20) === 0,
      };
      for (let copy = random(6) === 0 ? 0 : 1; copy < 2; copy++) feedback.push(row);
    }
  }
  return { displays, feedback, steps };
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

const annotations = (): object[] =>
  [1, 2].map((time) => ({
    site_id: "s",
    annotation_id: "release",
    kind: "release",
    starts_at: T0 + time * 4 * 86_400_000,
    ends_at: T0 + time * 4 * 86_400_000,
    received_at: T0 + time,
  }));

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
