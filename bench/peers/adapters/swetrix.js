import { init, track as trackEvent, trackViews } from "swetrix";

export function start(url, key) {
  init(key, { apiURL: `${url}/log` });
  void trackViews();
}

export function track(name, properties) {
  void trackEvent({ ev: name, meta: properties });
}
