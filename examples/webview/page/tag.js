import { createTag } from "@balise/sdk";
import { pageViews } from "@balise/sdk/auto/page-views";
import { handOver, takeHandover, webviewBridge } from "@balise/sdk/webview";

// Before page views are counted: this takes what the app wrote into the address out of it.
const handover = takeHandover();
const bridge = webviewBridge();
/** What will never be counted, the app's rejections included. */
const onReject = (detail) => dispatchEvent(new CustomEvent("event-lost", { detail }));
export const tag = createTag({
  ...window.CONTRACT,
  area: "connected",
  onReject,
  ...bridge.options,
});
handOver(tag, handover);
bridge.connect(tag);
pageViews(tag);
