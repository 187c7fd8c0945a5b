export { type Entry, readEntries } from "./entries.js";
export { ImportError } from "./failure.js";
export { addRejection, createReport, type Report, reportLines } from "./report.js";
export { sendEntries } from "./send.js";
export { openSource, type Source } from "./source.js";
