import { pageViews } from "/sdk/auto/page-views.js";
import { createTag } from "/sdk/index.js";
import { takeHandover, webviewBridge } from "/sdk/webview.js";
import { config } from "/config.js";

// Before page views are counted: this takes what the app wrote into the address out of it.
const handover = takeHandover();
const bridge = webviewBridge();
/** What will never be counted, the app's rejections included. */
const onReject = (detail) => dispatchEvent(new CustomEvent("event-lost", { detail }));
export const tag = createTag({
  ...config,
  area: "connected",
  handover,
  onReject,
  ...bridge.options,
});
bridge.connect(tag);
pageViews(tag);
