import { newTracker, trackPageView, trackSelfDescribingEvent } from "@snowplow/browser-tracker";

export function start(url, key) {
  newTracker("bench", url, { appId: key });
  trackPageView();
}

export function track(name, properties) {
  trackSelfDescribingEvent({
    event: { schema: `iglu:org.example/${name}/jsonschema/1-0-0`, data: properties },
  });
}
