// The build that brings its plugins along: the other one loads them from the vendor's network.
import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

let analytics;

export function start(url, key) {
  analytics = new RudderAnalytics();
  analytics.load(key, url, { configUrl: url });
  analytics.page();
}

export function track(name, properties) {
  analytics.track(name, properties);
}
