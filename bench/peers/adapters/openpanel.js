import { OpenPanel } from "@openpanel/web";

let panel;

export function start(url, key) {
  panel = new OpenPanel({
    apiUrl: url,
    clientId: key,
    trackScreenViews: true,
    trackOutgoingLinks: true,
    trackAttributes: true,
  });
}

export function track(name, properties) {
  void panel.track(name, properties);
}
