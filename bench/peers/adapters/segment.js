import { AnalyticsBrowser } from "@segment/analytics-next";

let analytics;

export function start(url, key) {
  const { host } = new URL(url);
  analytics = AnalyticsBrowser.load(
    { writeKey: key, cdnURL: url },
    { integrations: { "Segment.io": { apiHost: `${host}/v1`, protocol: "http" } } },
  );
  void analytics.page();
}

export function track(name, properties) {
  void analytics.track(name, properties);
}
