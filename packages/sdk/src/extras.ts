import { fieldsOf } from "./cell.js";
import type { Extras } from "./events.js";
import { fitTexts } from "./texts.js";
import { fitTraits, type Warn } from "./fit.js";

/** The words that a field takes; anything else would cost the whole event. */
const WORDS: { [field: string]: RegExp } = {
  channel: /^(web|webview|app|email|push|sms|phone|chat|store|ads|social|server)$/,
  area: /^(public|connected)$/,
  outcome: /^(success|failure|unknown)$/,
  currency: /^[A-Z]{3}$/,
};

/** Leaves out, field by field, what the collector would reject the whole event for. */
export function fitExtras(extras: Extras, warn: Warn): Extras {
  const fitted: Extras = {};
  for (const [field, value] of Object.entries(extras)) {
    if (value === undefined || value === null) continue;
    const good = fitOne(field, value, warn);
    if (good !== undefined) Object.assign(fitted, { [field]: good });
    else warn(`${field} ${JSON.stringify(value)} is dropped: not a value of this field`);
  }
  return fitted;
}

function fitOne(field: string, value: unknown, warn: Warn): unknown {
  const words = WORDS[field];
  if (words) return typeof value === "string" && words.test(value) ? value : undefined;
  if (field === "value" || field === "occurredAt") {
    return Number.isFinite(value) ? value : undefined;
  }
  const fields = fieldsOf(value);
  if (field === "traits") return fields && fitTraits(fields, warn);
  return fields && fitTexts(fields, field === "page" || field === "campaign");
}
