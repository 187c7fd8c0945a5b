import type { Session } from "./session.js";
import { ADDRESS_FORM } from "./stories.js";
import { askIn, CES, NPS, THUMBS } from "./surveys.js";

const WRONG_PASSWORD = 0.08;
const SURVEYED = 0.2;
const DOWNLOADS = 0.35;

/** Signs in, which makes a known person of the visitor; nothing happens to those without an account. */
export function signIn(session: Session): void {
  const { random, browser, person } = session;
  if (person.customer === undefined || browser.userId !== undefined) return;
  session.wait(12);
  session.open("Sign in", "/sign-in");
  session.wait(18);
  if (random.chance(WRONG_PASSWORD)) {
    session.record("login", { outcome: "failure", properties: { reason: "wrong password" } });
    session.wait(15);
  }
  session.record("login", { outcome: "success" });
  session.wait(0.3);
  browser.userId = person.customer.userId;
  session.record("identify", { traits: person.customer.traits });
}

/** A visit to the connected area. */
export function visitAccount(session: Session, mood: "content" | "displeased"): void {
  const { random, person } = session;
  session.wait(5);
  session.open("My account", "/account");
  if (random.chance(0.65)) {
    session.wait(10);
    session.open("My contracts", "/account/contracts");
    session.wait(14);
    const contract = random.pick(person.customer?.contracts ?? ["2000", "2000"]);
    session.open("My contract", `/account/contracts/${contract}`);
  }
  if (random.chance(0.45)) {
    session.wait(20);
    session.open("My invoices", "/account/invoices");
    if (random.chance(DOWNLOADS)) {
      session.wait(9);
      session.record("file_download", { properties: { file: "invoice.pdf", extension: "pdf" } });
    }
  }
  if (random.chance(0.35)) {
    session.wait(15);
    session.open("My orders", "/account/orders");
  }
  if (random.chance(mood === "content" ? 0.08 : 0.4)) {
    session.wait(15);
    session.open("Help", "/account/help");
    if (random.chance(0.5)) askIn(session, THUMBS, mood);
  }
  if (random.chance(ADDRESS_FORM.filledIn)) changeAddress(session);
  if (random.chance(SURVEYED)) askIn(session, NPS, mood);
}

/** A long form, which not everybody comes to the end of. */
function changeAddress(session: Session): void {
  const { random } = session;
  const form = "change-address";
  session.wait(12);
  session.open("My details", "/account/details");
  session.wait(10);
  session.record("form_start", { properties: { form, field: "street" } });
  session.wait(80);
  const seconds = Math.round(random.around(80, 0.5));
  if (!random.chance(ADDRESS_FORM.submitted)) {
    const { field } = random.weighted<{ field: string; weight: number }>(ADDRESS_FORM.fields);
    return session.record("form_abandon", {
      outcome: "failure",
      properties: { form, field, seconds },
    });
  }
  session.record("form_submit", { properties: { form, field: "proof", seconds } });
  if (random.chance(0.4)) askIn(session, CES, "displeased");
}
