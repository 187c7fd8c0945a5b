import { describe, expect, it } from "vitest";
import { createFormat } from "./format.js";

/** Intl separates with several kinds of no-break space, which differ between versions. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
const english = createFormat("en-GB", "Europe/Paris");
const french = createFormat("fr-FR", "Europe/Paris");

describe("numbers and shares", () => {
  it("are written as the reader's language writes them", () => {
    expect(english.number(1234567)).toBe("1,234,567");
    expect(plain(french.number(1234567))).toBe("1 234 567");
    expect(english.percent(0.0842)).toBe("8.4%");
    expect(plain(french.percent(0.0842))).toBe("8,4 %");
  });

  it("keep one decimal, so that columns stand under each other", () => {
    expect(english.percent(0.58)).toBe("58.0%");
    expect(english.percent(0)).toBe("0%");
    expect(english.percent(1)).toBe("100%");
  });

  it("never call a share nothing or everything when it is not", () => {
    expect(english.percent(0.0004)).toBe("0.04%");
    expect(english.percent(0.99962)).toBe("99.962%");
  });

  it("show a dash where there is no value", () => {
    expect(english.percent(null)).toBe("–");
    expect(english.duration(null)).toBe("–");
  });

  it("write money of any currency code, and none without one", () => {
    expect(english.money(39.9, "EUR")).toBe("€39.90");
    expect(english.money(39.9, "")).toBe("39.9");
    expect(english.money(39.9, "constructor")).toBe("39.9");
  });
});

describe("durations", () => {
  it.each([
    [0, "0s"],
    [0.03, "30ms"],
    [0.0001, "1ms"],
    [4.26, "4.3s"],
    [9.96, "10s"],
    [59.7, "1m"],
    [904, "15m 4s"],
    [3600, "1h"],
    [26_520, "7h 22m"],
    [604_800, "7d"],
    [90_061, "1d 1h"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(english.duration(seconds)).toBe(text);
  });

  it("set a space before the unit in French", () => {
    expect(plain(french.duration(904))).toBe("15 min 4 s");
  });

  it("are in words within a sentence", () => {
    expect(english.durationInFull(604_800)).toBe("7 days");
    expect(plain(french.durationInFull(604_800))).toBe("7 jours");
  });
});

describe("moments", () => {
  it("show a plain date as that day, wherever the reader is", () => {
    const honolulu = createFormat("en-GB", "Pacific/Honolulu");
    expect(honolulu.day("2026-03-01")).toBe("1 Mar 2026");
  });

  it("show a time in the reader's zone", () => {
    expect(english.time("2026-07-01T12:00:05.120Z")).toBe("14:00:05");
  });

  it.each([
    ["2026-07-01T12:00:00Z", "12 days ago", "il y a 12 jours"],
    ["2026-07-12T12:00:00Z", "1 day ago", "il y a 1 jour"],
    ["2026-07-13T09:30:00Z", "2 hours ago", "il y a 2 heures"],
    ["2026-07-13T11:58:00Z", "2 minutes ago", "il y a 2 minutes"],
    ["2026-07-13T11:59:31Z", "29 seconds ago", "il y a 29 secondes"],
    ["2025-01-01T00:00:00Z", "1 year ago", "il y a 1 an"],
    ["2026-05-01T00:00:00Z", "2 months ago", "il y a 2 mois"],
  ])("tell how long ago %s was", (iso, inEnglish, inFrench) => {
    const now = Date.parse("2026-07-13T12:00:00Z");
    expect(english.ago(iso, now)).toBe(inEnglish);
    expect(plain(french.ago(iso, now))).toBe(inFrench);
  });

  it("give back what is no date", () => {
    expect(english.dateTime("soon")).toBe("soon");
    expect(english.ago("soon", 0)).toBe("soon");
  });
});
