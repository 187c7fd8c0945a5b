import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Alert } from "./alert.js";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where alerts go: https anywhere, http on the own machine alone. */
export const webhookUrlSchema = z.string().superRefine((text, context) => {
  const wrong = (message: string): void => context.addIssue({ code: "custom", message });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return wrong("must be an address such as https://hooks.example/balise");
  if (url.username !== "" || url.password !== "") {
    return wrong("must hold no user and password: receivers check the signature");
  }
  if (url.protocol === "https:") return;
  if (url.protocol !== "http:" || !LOOPBACK.test(url.hostname)) {
    wrong("must be https://, or http:// on this machine (127.0.0.1, [::1], localhost)");
  }
});

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
export const webhookSecretSchema = z.string().refine(
  (text) => {
    const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
    const { length } = Buffer.from(base64 ?? "", "base64");
    return length >= 24 && length <= 64;
  },
  {
    error:
      'must be whsec_ and 24 to 64 bytes in base64: make one with echo "whsec_$(openssl rand -base64 32)"',
  },
);

export interface Webhook {
  url: string;
  secret: string;
}

/** Milliseconds that a receiver has to answer. */
const PATIENCE = 10_000;

/**
 * Sends an alert once, signed as Standard Webhooks 1.0 has it: HMAC-SHA256 of `id.timestamp.body`.
 * @throws Error with the reason where the answer is not 2xx. A redirect is no answer: where it leads
 *   nobody has allowed.
 */
export async function postAlert(
  { url, secret }: Webhook,
  alert: Alert,
  {
    fetch,
    now,
    stopping,
  }: { fetch: typeof globalThis.fetch; now: () => number; stopping: AbortSignal },
): Promise<void> {
  const { id, ...content } = alert;
  const body = JSON.stringify(content);
  const timestamp = Math.floor(now() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "user-agent": "Balise",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": `v1,${signature}`,
    },
    body,
    signal: AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
}
