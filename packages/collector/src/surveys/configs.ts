import type { ClickHouseClient } from "@clickhouse/client";
import type { SurveyPlan } from "@balise/schema";
import { explain } from "../explain.js";
import type { Log } from "../trouble.js";
import { Trouble } from "../trouble.js";
import { etagOf, type Plans } from "./plans.js";
import { reachedQuotas } from "./quotas.js";
import { tagConfigOf } from "./tag-config.js";

/** What pages get, ready to be sent. */
export interface Config {
  plan: SurveyPlan;
  body: string;
  etag: string;
}

export interface Configs {
  /** As of some seconds ago at most, or of whenever ClickHouse answered last. Rejects where it never did. */
  of: (siteId: string) => Promise<Config>;
  /** The plan has changed. */
  forget: (siteId: string) => void;
}

/** Milliseconds that an answer serves: every page of a site asks, whatever their number. */
const FRESH = 10_000;

interface Kept {
  until: number;
  config: Promise<Config>;
}

export function createConfigs(
  plans: Plans,
  client: ClickHouseClient,
  now: () => number,
  log: Log,
): Configs {
  const kept = new Map<string, Kept>();
  const last = new Map<string, Config>();
  const trouble = new Trouble(log);

  async function make(siteId: string): Promise<Config> {
    try {
      const { plan } = await plans.of(siteId);
      const full = await reachedQuotas(client, siteId, plan, now());
      const body = JSON.stringify(tagConfigOf(plan, full));
      const config = { plan, body, etag: etagOf(body) };
      last.set(siteId, config);
      trouble.over({}, "surveys are as they were saved again");
      return config;
    } catch (error) {
      trouble.tell(
        "warn",
        { error: explain(error) },
        "surveys could not be read; the last known hold",
      );
      const known = last.get(siteId);
      if (known === undefined) throw error;
      return known;
    }
  }

  return {
    of(siteId) {
      const known = kept.get(siteId);
      if (known !== undefined && now() < known.until) return known.config;
      const config = make(siteId);
      kept.set(siteId, { until: now() + FRESH, config });
      // A failure is tried again by the next who asks.
      config.catch(() => kept.delete(siteId));
      return config;
    },
    forget: (siteId) => void kept.delete(siteId),
  };
}
