import type { Contact, Event } from "@balise/schema";
import type { Browser, Person } from "./person.js";
import type { Random } from "./random.js";
import { HOUR, MINUTE } from "./rhythm.js";

/** A call or a chat after `trigger`: opened within two days, most of them resolved. */
export function contactAfter(
  trigger: { time: number; reason: string },
  person: Person,
  browser: Browser,
  random: Random,
): Event[] {
  const opened = trigger.time + Math.round(Math.min(48 * HOUR, random.around(3 * HOUR, 1.1)));
  const channel = random.chance(0.62) ? "phone" : "chat";
  const contactId = `contact-${random.uuid(opened).slice(-10)}`;
  const who =
    person.customer === undefined
      ? { anonymousId: browser.anonymousId }
      : { userId: person.customer.userId, accountId: person.customer.accountId };
  const base = { ...defined(who), channel } as const;
  const contact: Contact = {
    contactId,
    reason: trigger.reason,
    waitSeconds: Math.round(random.around(channel === "phone" ? 95 : 35, 0.8)),
  };
  const first: Event = {
    id: random.uuid(opened),
    name: "contact_opened",
    occurredAt: opened,
    ...base,
    contact,
  };
  if (random.chance(0.07)) return [first];
  const transfers = random.chance(0.18) ? 1 : 0;
  const later = random.chance(0.7) ? random.around(9 * MINUTE, 0.5) : random.around(20 * HOUR, 0.8);
  const resolvedAt = opened + Math.round(later);
  const resolved = random.chance(0.85);
  return [
    first,
    {
      id: random.uuid(resolvedAt),
      name: "contact_resolved",
      occurredAt: resolvedAt,
      ...base,
      outcome: resolved ? "success" : "failure",
      contact: {
        ...contact,
        transfers,
        talkSeconds: Math.round(random.around(240, 0.6)),
        resolved,
        reopened: random.chance(0.06),
      },
    },
  ];
}

/** Without the fields that have no value. */
function defined(who: {
  anonymousId?: string | undefined;
  userId?: string | undefined;
  accountId?: string | undefined;
}): Pick<Event, "anonymousId" | "userId" | "accountId"> {
  const { anonymousId, userId, accountId } = who;
  return {
    ...(anonymousId !== undefined && { anonymousId }),
    ...(userId !== undefined && { userId }),
    ...(accountId !== undefined && { accountId }),
  };
}
