import type { Campaign, Event, Properties, Traits } from "@balise/schema";
import { scrubCampaign, scrubEvent } from "./event.js";
import { type Allowed, scrubProperties, scrubTraits } from "./properties.js";
import { scrubBody, scrubMessage } from "./rejected.js";
import { scrubText } from "./text.js";
import { CAMPAIGN_PARAMETERS, scrubUrl } from "./url.js";

export interface ScrubberOptions {
  /** Names of query parameters that stay beside those of campaigns; upper and lower case are alike. */
  queryParameters?: readonly string[] | undefined;
  /** Names of properties and traits that stay as they are. */
  unscrubbedProperties?: readonly string[] | undefined;
}

/** Takes personal data out of what people and pages wrote; each function returns its own argument where it finds none. */
export interface Scrubber {
  /** Names of the query parameters that addresses keep, in lower case. */
  parameters: ReadonlySet<string>;
  text: (text: string) => string;
  url: (url: string) => string;
  properties: (properties: Properties) => Properties;
  traits: (traits: Traits) => Traits;
  campaign: (campaign: Campaign) => Campaign;
  event: (event: Event) => Event;
  /** The body and the reason of an event that was not accepted, of any shape. */
  body: (body: string) => string;
  message: (message: string) => string;
}

export function createScrubber(options: ScrubberOptions = {}): Scrubber {
  const { queryParameters = [], unscrubbedProperties = [] } = options;
  const names = queryParameters.map((name) => name.toLowerCase());
  const parameters = new Set([...CAMPAIGN_PARAMETERS, ...names]);
  const allowed: Allowed = { parameters, properties: new Set(unscrubbedProperties) };
  return {
    parameters,
    text: (text) => scrubText(text),
    url: (url) => scrubUrl(url, parameters),
    properties: (properties) => scrubProperties(properties, allowed),
    traits: (traits) => scrubTraits(traits, allowed),
    campaign: (campaign) => scrubCampaign(campaign),
    event: (event) => scrubEvent(event, allowed),
    body: (body) => scrubBody(body, parameters),
    message: (message) => scrubMessage(message, parameters),
  };
}
