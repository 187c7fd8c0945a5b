import type { TestStore } from "./store.js";

/** Milliseconds of the first of January 2026, around which the answers are given. */
export const NEW_YEAR = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;
export const JANUARY = { from: "2026-01-01", to: "2026-01-31" };

export const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** The same sequence each time, uniform in 0…below-1. */
export function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A revision of an answer. */
export interface Revision {
  id: string;
  time: number;
  device: number;
  /** Named by the row itself. */
  user: string;
  session: number;
  survey: string;
  version: number;
  response: string;
  question: string;
  kind: string;
  metric: string;
  score: number | null;
  min: number | null;
  max: number | null;
  polarity: number;
  choice: string;
  text: string;
  notApplicable: boolean;
  touchpoint: string;
  page: string;
  outcome: string;
  bot: boolean;
}

/** Devices of people who log in; the others are nobody's. */
const KNOWN = 12;
const DEVICES = 40;

/** Who a device belongs to. */
export const personOf = ({ user, device }: { user: string; device: number }): string =>
  user !== "" ? user : device < KNOWN ? `u${device % 5}` : `device ${device}`;

interface Scale {
  survey: string;
  metric: string;
  kind: string;
  min: number | null;
  max: number | null;
  polarity: number;
}

const scaleOf = (
  survey: string,
  metric: string,
  kind: string,
  [min, max]: [number | null, number | null],
  polarity = 1,
): Scale => ({ survey, metric, kind, min, max, polarity });

const SCALES: readonly Scale[] = [
  scaleOf("relation", "nps", "relational", [0, 10]),
  scaleOf("order", "nps", "transactional", [0, 10]),
  scaleOf("old", "nps", "relational", [null, null]),
  scaleOf("order", "csat", "transactional", [1, 5]),
  scaleOf("year", "csat", "relational", [1, 10]),
  scaleOf("order", "ces", "transactional", [1, 7]),
  scaleOf("call", "ces", "transactional", [1, 5], -1),
  scaleOf("shop", "stars", "transactional", [1, 5]),
  scaleOf("shop", "smiley", "transactional", [1, 3]),
  scaleOf("help", "thumbs", "transactional", [0, 1]),
];

const WORDS = "prix cher livraison lente merci parfait équipe aimable bug écran panier rapide";

/** Answers from December to February: revised, taken back, not applicable, of bots, at the same moment. */
export function randomRevisions(seed: number, responses: number): Revision[] {
  const random = sequence(seed);
  const words = WORDS.split(" ");
  const all: Revision[] = [];
  for (let response = 0; response < responses; response++) {
    const scale = SCALES[random(SCALES.length)] ?? scaleOf("", "nps", "relational", [0, 10]);
    const device = random(DEVICES);
    const start = NEW_YEAR + (random(62) - 15) * DAY + random(1000) * 1000;
    const base = {
      device,
      session: response,
      survey: scale.survey,
      version: 1 + random(2),
      response: uuid(5, response),
      kind: scale.kind,
      touchpoint: ["cart", "account", ""][random(3)] ?? "",
      page: ["/a", "/b"][random(2)] ?? "",
      outcome: ["success", "failure", "unknown"][random(3)] ?? "",
      bot: random(15) === 0,
    };
    const revisions = 1 + (random(3) === 0 ? 1 + random(2) : 0);
    for (let revision = 0; revision < revisions; revision++) {
      const [min, max] = [scale.min ?? 0, scale.max ?? 10];
      const answered = random(12) > 0;
      const notApplicable = !answered && random(2) === 0;
      all.push({
        ...base,
        id: uuid(6, all.length),
        time: start + ([0, 0, 5000, 3 * DAY][random(4)] ?? 0) * revision,
        user: device < KNOWN && random(3) === 0 ? `u${device % 5}` : "",
        question: scale.metric,
        metric: scale.metric,
        score: answered ? min - (random(40) === 0 ? 1 : 0) + random(max - min + 1) : null,
        min: scale.min,
        max: scale.max,
        polarity: scale.polarity,
        choice: "",
        text: random(4) === 0 ? Array.from({ length: 3 }, () => words[random(12)]).join(" ") : "",
        notApplicable,
      });
    }
    if (random(3) === 0) {
      all.push({
        ...base,
        id: uuid(6, all.length),
        time: start + 9000,
        user: "",
        question: "why",
        metric: "text",
        score: null,
        min: null,
        max: null,
        polarity: 1,
        choice: "",
        text: Array.from({ length: 4 }, () => words[random(12)]).join(" "),
        notApplicable: false,
      });
    }
  }
  return all;
}

const rowOf = (one: Revision): Record<string, unknown> => ({
  site_id: "default",
  id: one.id,
  occurred_at: one.time,
  received_at: one.time,
  anonymous_id: uuid(2, one.device),
  user_id: one.user,
  session_id: uuid(3, one.session),
  survey_id: one.survey,
  survey_version: one.version,
  kind: one.kind,
  response_id: one.response,
  question_id: one.question,
  metric: one.metric,
  score: one.score,
  scale_min: one.min,
  scale_max: one.max,
  polarity: one.polarity,
  choice: one.choice,
  text: one.text,
  not_applicable: one.notApplicable,
  touchpoint: one.touchpoint,
  page_path: one.page,
  outcome: one.outcome,
  bot: one.bot,
});

/** Stores them, some twice, with whom the devices belong to; nothing is merged. */
export async function storeRevisions(
  { client }: TestStore,
  revisions: readonly Revision[],
): Promise<void> {
  await client.command({ query: "SYSTEM STOP MERGES feedback" });
  const rows = revisions.map(rowOf);
  for (const values of [rows, rows.filter((_, n) => n % 3 === 0)]) {
    await client.insert({ table: "feedback", values, format: "JSONEachRow" });
  }
  await client.insert({
    table: "identities",
    values: Array.from({ length: KNOWN }, (_, device) => ({
      site_id: "default",
      anonymous_id: uuid(2, device),
      user_id: `u${device % 5}`,
      linked_at: NEW_YEAR,
    })),
    format: "JSONEachRow",
  });
}

export interface EventRow {
  name: string;
  time: number;
  device: number;
  user?: string;
  session?: number;
  columns?: Record<string, unknown>;
}

/** Stores other events, some twice. */
export async function storeEvents(
  { client }: TestStore,
  events: readonly EventRow[],
): Promise<void> {
  await client.command({ query: "SYSTEM STOP MERGES events" });
  const rows = events.map((event, n) => ({
    site_id: "default",
    id: uuid(7, n),
    name: event.name,
    occurred_at: event.time,
    received_at: event.time,
    anonymous_id: uuid(2, event.device),
    user_id: event.user ?? "",
    ...(event.session !== undefined && { session_id: uuid(3, event.session) }),
    ...event.columns,
  }));
  for (const values of [rows, rows.filter((_, n) => n % 4 === 0)]) {
    await client.insert({ table: "events", values, format: "JSONEachRow" });
  }
}

/** Of each question of a response the latest revision that is no bot's. */
export function latest(revisions: readonly Revision[]): Revision[] {
  const known = new Map<string, Revision>();
  for (const one of revisions) {
    if (one.bot) continue;
    const key = JSON.stringify([one.survey, one.response, one.question]);
    const before = known.get(key);
    const later =
      before === undefined ||
      one.time > before.time ||
      (one.time === before.time && one.id > before.id);
    if (later) known.set(key, one);
  }
  return [...known.values()];
}

export const inJanuary = ({ time }: { time: number }): boolean =>
  time >= NEW_YEAR && time < NEW_YEAR + 31 * DAY;

/** The answers of January. */
export const latestInJanuary = (revisions: readonly Revision[]): Revision[] =>
  latest(revisions).filter(inJanuary);

/** Scores of displeased and of pleased people, by metric and scale. */
const MOODS: Readonly<Record<string, { low: readonly number[]; high: readonly number[] }>> = {
  nps: { low: [0, 1, 2, 3, 4, 5, 6], high: [9, 10] },
  "csat 1-5": { low: [1, 2], high: [4, 5] },
  "csat 1-10": { low: [1, 2, 3, 4], high: [9, 10] },
  "ces 1-7": { low: [1, 2, 3], high: [5, 6, 7] },
  // Effort: a low score is good.
  "ces 1-5": { low: [4, 5], high: [1, 2] },
  "stars 1-5": { low: [1, 2], high: [4, 5] },
  "smiley 1-3": { low: [1], high: [3] },
  "thumbs 0-1": { low: [0], high: [1] },
};

export function moodOf({ metric, min, max, score }: Revision): "low" | "high" | "neither" {
  const mood = MOODS[metric === "nps" ? "nps" : `${metric} ${min}-${max}`];
  if (mood?.low.includes(score ?? Number.NaN) === true) return "low";
  return mood?.high.includes(score ?? Number.NaN) === true ? "high" : "neither";
}

/** The answer whose score goes with each response: its first one with a score since New Year. */
export function scoredAnswers(revisions: readonly Revision[]): Map<string, Revision> {
  const scored = latest(revisions)
    .filter(
      ({ time, score, notApplicable }) => time >= NEW_YEAR && score !== null && !notApplicable,
    )
    .toSorted((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  return new Map(scored.map((one) => [one.response, one]));
}
