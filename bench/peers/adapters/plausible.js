import { init, track as trackEvent } from "@plausible-analytics/tracker";

export function start(url, key) {
  init({ domain: key, endpoint: `${url}/api/event` });
}

export function track(name, properties) {
  trackEvent(name, { props: properties });
}
