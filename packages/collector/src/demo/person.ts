import type { Traits } from "@balise/schema";
import type { Language } from "./catalogue.js";
import { type Device, DEVICES } from "./devices.js";
import type { Random } from "./random.js";

/** A browser of a person: what it remembers between visits. */
export interface Browser {
  device: Device;
  /** Made at the first visit. */
  anonymousId?: string;
  /** Whom it knows, from the login on. */
  userId?: string;
}

interface Customer {
  userId: string;
  /** For those who buy for a company. */
  accountId?: string;
  traits: Traits;
  /** Numbers of the contracts in the connected area. */
  contracts: readonly [string, string];
}

export interface Person {
  language: Language;
  timezone: string;
  /** Users and traits are only sent with consent. */
  consent: "full" | "exempt";
  customer?: Customer;
  browsers: readonly [Browser, ...Browser[]];
}

const CUSTOMERS = 0.34;
const SECOND_DEVICE = 0.4;
const COMPANIES = 0.15;

export function createPerson(index: number, random: Random): Person {
  const device = random.weighted(DEVICES);
  const human = device.kind !== "bot";
  const customer = human && random.chance(CUSTOMERS) ? createCustomer(index, random) : undefined;
  const language = random.chance(0.72) ? "fr" : "en";
  const browsers: [Browser, ...Browser[]] = [{ device }];
  if (customer !== undefined && random.chance(SECOND_DEVICE)) {
    browsers.push({ device: otherDevice(device, random) });
  }
  return {
    language,
    timezone: language === "fr" || random.chance(0.4) ? "Europe/Paris" : "Europe/London",
    consent: customer !== undefined || random.chance(0.62) ? "full" : "exempt",
    ...(customer !== undefined && { customer }),
    browsers,
  };
}

function createCustomer(index: number, random: Random): Customer {
  const company = random.chance(COMPANIES);
  return {
    userId: `customer-${10_000 + index}`,
    ...(company && { accountId: `company-${random.whole(1, 60)}` }),
    traits: {
      segment: company ? "company" : "household",
      age: random.pick(["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]),
      tenure: random.pick(["under 1 year", "1-3 years", "over 3 years"]),
    },
    contracts: [String(random.whole(2000, 9999)), String(random.whole(2000, 9999))],
  };
}

/** A telephone beside a computer, and the other way round. */
function otherDevice(first: Device, random: Random): Device {
  const wanted = first.kind === "desktop" ? "mobile" : "desktop";
  const [head, ...rest] = DEVICES.filter(({ kind }) => kind === wanted);
  return head === undefined ? first : random.weighted([head, ...rest]);
}
