export { type Entry, readEntries, type ReadOptions } from "./entries.js";
export { ImportError } from "./failure.js";
export { openJournal } from "./journal.js";
export { addRejection, createReport, type Report, reportLines } from "./report.js";
export { ChangedError, sendEntries } from "./send.js";
export { openSource, type Source } from "./source.js";
