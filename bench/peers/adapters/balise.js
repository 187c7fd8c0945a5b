import { createTag } from "@balise/sdk";

let tag;

export function start(url, key) {
  tag = createTag({ key, host: url });
}

export function track(name, properties) {
  tag.track(name, properties);
}
