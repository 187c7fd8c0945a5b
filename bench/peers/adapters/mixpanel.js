import mixpanel from "mixpanel-browser";

export function start(url, key) {
  mixpanel.init(key, { api_host: url, autocapture: true });
}

export function track(name, properties) {
  mixpanel.track(name, properties);
}
