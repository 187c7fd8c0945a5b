import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { sql } from "../support/ask.js";
import { Complaints, openVisitor } from "../support/browser.js";
import { allInserted } from "./inserted.js";
import type { Stage } from "./scene.js";
import { policyOf, serveSite } from "./site.js";

const PATIENCE = { timeout: 20_000, interval: 200 };

export interface Visit {
  page: Page;
  url: string;
  /** Closes the page; all that it complained of. */
  leave: () => Promise<readonly string[]>;
  /** Waits until these rows and no others of this site's pages are stored, in their order. */
  expectStored: (columns: string, rows: readonly object[], condition?: string) => Promise<void>;
}

/** Serves a built example under a strict policy, and opens its first page as a new visitor. */
export async function visitSite(
  stage: Stage,
  folder: string,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Visit> {
  const { url, close } = await serveSite(folder, {
    "content-security-policy": policyOf(stage.collector),
  });
  onTestFinished(close);
  return visitUrl(stage, url, prepare);
}

/** Opens a page as a new visitor; `prepare` gets it before. */
export async function visitUrl(
  { browser, collector }: Stage,
  url: string,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Visit> {
  const complaints = new Complaints();
  const page = await openVisitor(browser, complaints);
  onTestFinished(() => page.context().close());
  await prepare?.(page);
  await page.goto(url, { waitUntil: "domcontentloaded" });
  const stored = (columns: string, condition: string): Promise<object[]> =>
    sql(
      collector,
      `SELECT ${columns} FROM events WHERE startsWith(page_url, '${new URL(url).origin}/') AND ${condition} ORDER BY occurred_at, toString(id) LIMIT 1 BY id`,
    );
  return {
    page,
    url,
    leave: async () => {
      await page.close();
      return complaints.list;
    },
    expectStored: async (columns, rows, condition = "true") => {
      await expect.poll(() => stored(columns, condition), PATIENCE).toEqual(rows);
      await allInserted(collector);
      expect(await stored(columns, condition)).toEqual(rows);
    },
  };
}
