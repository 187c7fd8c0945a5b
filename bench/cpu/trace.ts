/** Categories of Chromium's tracing that the numbers below are made of. */
export const CATEGORIES = [
  "devtools.timeline",
  "v8",
  "blink.user_timing",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-devtools.timeline.stack",
];

/** What a trace tells of the page's main thread. */
export interface Work {
  /** Milliseconds of compiling the modules of the page, as far as it is done there. */
  compile: number;
  /** Milliseconds of everything that scripts do. */
  script: number;
  /** Layouts and recalculations of styles that a script had to wait for. */
  layoutReads: number;
  /** Tasks with more than 50 ms of script. */
  longTasks: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { beginData?: { stackTrace?: unknown[] }; fileName?: string };
}

/** As the Performance panel of Chromium's DevTools, what it calls scripting. */
const SCRIPT = new Set([
  "EvaluateScript",
  "v8.compile",
  "v8.compileModule",
  "v8.evaluateModule",
  "v8.produceCache",
  "v8.produceModuleCache",
  "v8.callFunction",
  "v8.run",
  "FunctionCall",
  "TimerFire",
  "EventDispatch",
  "FireIdleCallback",
  "FireAnimationFrame",
  "RunMicrotasks",
  "XHRReadyStateChange",
  "XHRLoad",
  "MajorGC",
  "MinorGC",
]);

const LONG = 50;

/** Reads a trace of a page that set the mark "bench". */
export function workOf(trace: Uint8Array): Work {
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString("utf8")) as {
    traceEvents: TraceEvent[];
  };
  const mark = traceEvents.find(({ name, ph }) => name === "bench" && ph !== "X");
  if (!mark) throw new Error("the page did not run: its trace has no mark");
  const events = traceEvents.filter(
    ({ pid, tid, ph }) => pid === mark.pid && tid === mark.tid && ph === "X",
  );
  const scripts = outermost(events.filter(({ name }) => SCRIPT.has(name)));
  const compiles = events.filter(({ name }) => name === "v8.compileModule");
  const tasks = events.filter(({ name, dur = 0 }) => name === "RunTask" && dur > LONG * 1000);
  return {
    compile: milliseconds(
      compiles.filter(({ args }) => !/before\.js|\/\?/.test(args?.fileName ?? "")),
    ),
    script: milliseconds(scripts),
    layoutReads: events.filter(isForced).length,
    longTasks: tasks.filter((task) => milliseconds(within(task, scripts)) > LONG).length,
  };
}

/** Those that do not run inside another one. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = Number.NEGATIVE_INFINITY;
  const sorted = events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  return sorted.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

const within = (task: TraceEvent, events: readonly TraceEvent[]): TraceEvent[] =>
  events.filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0));

const isForced = ({ name, args }: TraceEvent): boolean =>
  /^(Layout|UpdateLayoutTree)$/.test(name) && (args?.beginData?.stackTrace?.length ?? 0) > 0;

const milliseconds = (events: readonly TraceEvent[]): number =>
  events.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000;
