import * as amplitude from "@amplitude/analytics-browser";

export function start(url, key) {
  amplitude.init(key, {
    serverUrl: `${url}/2/httpapi`,
    remoteConfig: { serverUrl: `${url}/config` },
  });
}

export function track(name, properties) {
  amplitude.track(name, properties);
}
