// oxlint-disable-next-line import/no-named-as-default -- as its documentation writes it
import posthog from "posthog-js";

export function start(url, key) {
  posthog.init(key, { api_host: url, defaults: "2026-08-30" });
}

export function track(name, properties) {
  posthog.capture(name, properties);
}
