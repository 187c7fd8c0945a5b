import type { Handover } from "../options.js";
import type { Tag } from "../tag.js";
import { attempt } from "../storage.js";
import { read } from "./message.js";
import { findPort, type Shell } from "./port.js";

export interface HandoverOptions {
  /**
   * Believes the address where no app is found, too, as in a Custom Tab or
   * SFSafariViewController. Anyone can then make a link that passes for the app. @default false
   */
  trustFragment?: boolean;
}

/**
 * Who the person is and which session runs, as the app says it: `window.baliseHandover`, put there
 * before the page loads, or else `#balise=<base64url of JSON>` (RFC 4648, 5), behind a route
 * `#/route&balise=…`. The address is without it when this returns, so call it before page views
 * are counted. `{}` when the app says nothing, and on a server.
 */
export function takeHandover({ trustFragment = false }: HandoverOptions = {}): Handover {
  if (typeof window === "undefined") return {};
  const shell: Window & Shell = window;
  const { history, location } = window;
  const [ours = "", packed = ""] = /[#&]balise=([\w-]*)/.exec(location.hash) ?? [];
  if (ours) history.replaceState(history.state, "", location.href.replace(ours, ""));
  const trusted = trustFragment || findPort(shell);
  return attempt(() => read(shell.baliseHandover ?? (trusted && unpack(packed)))) ?? {};
}

function unpack(packed: string): string {
  const bytes = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

/** Goes on as the person, and in the session, that the app knows. */
export function handOver(
  tag: Pick<Tag, "handover" | "identify" | "group">,
  known: Handover = {},
): void {
  tag.handover(known);
  if (known.userId) tag.identify(known.userId);
  if (known.accountId) tag.group(known.accountId);
}
