/** What the collector answers to each query of the console. Times are ISO 8601, UTC. */
export interface EventNameRow {
  name: string;
  events: number;
  people: number;
  firstSeen: string;
  lastSeen: string;
}

export interface LiveEventRow {
  id: string;
  name: string;
  receivedAt: string;
  occurredAt: string;
  /** The team's identifier of the person when `known`, else the anonymous one. */
  person: string;
  known: boolean;
  channel: string;
  acquisitionChannel: string;
  area: string;
  device: string;
  browser: string;
  os: string;
  /** Name of the page, or its path. */
  page: string;
  outcome: string;
  value: number | null;
  currency: string;
  bot: boolean;
  properties: Record<string, unknown>;
}

export interface ActivityRow {
  time: string;
  events: number;
  people: number;
}

export interface FunnelRow {
  /** Counted from 1. */
  step: number;
  name: string;
  people: number;
  /** 0 to 1; null when nobody did the first step. */
  shareOfFirst: number | null;
  /** 0 to 1; null at step 1 of nobody, or when nobody did the previous step. */
  shareOfPrevious: number | null;
  /** Bounds of the Wilson 95 % interval of `shareOfFirst`. */
  low: number | null;
  high: number | null;
  /** From the previous step; null at step 1. */
  medianSeconds: number | null;
  p90Seconds: number | null;
  /** From the first step; null at step 1. */
  medianTotalSeconds: number | null;
  p90TotalSeconds: number | null;
  /** The value of the breakdown, when there is one. */
  group?: string;
}

export const OPERATORS = ["=", "!=", "in", "<", ">", "contains", "exists"] as const;
export type Operator = (typeof OPERATORS)[number];

export interface WireCondition {
  property: string;
  op: Operator;
  value?: string | number | boolean | (string | number | boolean)[];
}

export type WireStep = string | string[] | { event: string | string[]; where: WireCondition[] };

export const UNITS = ["person", "session", "account"] as const;
/** What a funnel counts. */
export type Unit = (typeof UNITS)[number];

/** The name of each query, its parameters and its rows. */
export interface Queries {
  event_names: { parameters: { from?: string; to?: string }; row: EventNameRow };
  live_events: { parameters: { limit?: number; after?: number }; row: LiveEventRow };
  activity: {
    parameters: { from: string; to: string; bucket: "hour" | "day" };
    row: ActivityRow;
  };
  funnel: {
    parameters: {
      steps: WireStep[];
      windowSeconds: number;
      from?: string;
      to?: string;
      by?: Unit;
      breakdown?: string;
      filters?: WireCondition[];
    };
    row: FunnelRow;
  };
}

export type QueryName = keyof Queries;

export interface Meta {
  sql: string;
  params: Record<string, unknown>;
  elapsedMs: number;
  rowsRead: number;
  /** Groups of too few people to be shown. */
  withheld: number;
}

export interface Answer<N extends QueryName> {
  rows: Queries[N]["row"][];
  meta: Meta;
}
