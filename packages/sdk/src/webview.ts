export { webviewBridge } from "./webview/bridge.js";
export type { WebviewBridge, WebviewOptions } from "./webview/bridge.js";
export { handOver, takeHandover } from "./webview/handover.js";
export type { HandoverOptions } from "./webview/handover.js";
export type { AppRejection, FromApp, ToApp } from "./webview/message.js";
