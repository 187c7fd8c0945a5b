import { type Campaign, type Event, LIMITS, type Page } from "@balise/schema";
import type { Phones } from "./phones.js";
import { type Allowed, scrubProperties, scrubTraits } from "./properties.js";
import { scrubText } from "./text.js";
import { scrubUrl } from "./url.js";

/**
 * The event without personal data in what a person or a page wrote: the page's address, referrer,
 * title and name, the campaign, properties, traits, the answer's choice and text, and the contact's
 * reason. Identifiers and names that the team itself gives (`userId`, `accountId`, `name`, ids of
 * surveys and contacts) stay. The same object (===) where nothing changes. On the hot path.
 */
export function scrubEvent(event: Event, allowed: Allowed): Event {
  const { page, campaign, properties, traits, feedback, contact } = event;
  return withChanges(event, {
    page: page && scrubPage(page, allowed),
    campaign: campaign && scrubCampaign(campaign),
    properties: properties && scrubProperties(properties, allowed),
    traits: traits && scrubTraits(traits, allowed),
    feedback:
      feedback &&
      withChanges(feedback, {
        choice: short(feedback.choice, "any"),
        text: text(feedback.text, LIMITS.textCharacters),
      }),
    contact: contact && withChanges(contact, { reason: short(contact.reason, "any") }),
  });
}

function scrubPage(page: Page, { parameters }: Allowed): Page {
  const { urlCharacters } = LIMITS;
  return withChanges(page, {
    url: page.url && fit(scrubUrl(page.url, parameters), urlCharacters),
    referrer: page.referrer && fit(scrubUrl(page.referrer, parameters), urlCharacters),
    title: text(page.title, urlCharacters),
    name: short(page.name, "any"),
  });
}

/** What a campaign's link says, which anyone may write. */
export function scrubCampaign(campaign: Campaign): Campaign {
  const { source, medium, name, term, content, clickIdType } = campaign;
  return withChanges(campaign, {
    source: short(source, "marked"),
    medium: short(medium, "marked"),
    name: short(name, "marked"),
    term: short(term, "marked"),
    content: short(content, "marked"),
    clickIdType: short(clickIdType, "marked"),
  });
}

function short(value: string | undefined, phones: Phones): string | undefined {
  return value === undefined ? value : fit(scrubText(value, phones), LIMITS.shortCharacters);
}

function text(value: string | undefined, most: number): string | undefined {
  return value === undefined ? value : fit(scrubText(value), most);
}

/** `a@b.co` is a character shorter than what replaces it: a text of many could outgrow its limit. */
function fit(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).toWellFormed() : text;
}

/** The object with the values that are defined and differ, itself where there are none. */
function withChanges<Whole extends object>(whole: Whole, values: Partial<Whole>): Whole {
  let out = whole;
  for (const name in values) {
    const value = values[name];
    if (value === undefined || value === whole[name]) continue;
    if (out === whole) out = { ...whole };
    Object.assign(out, { [name]: value });
  }
  return out;
}
