/** A part of a text, its end not included, and what is written instead. */
export interface Span {
  start: number;
  end: number;
  as: string;
}

/** Stands for what one search has found while the next one looks: no search takes it for anything. */
const TAKEN = "\0";

/** The text with its spans made unreadable, every other character at its place. */
export function masked(text: string, spans: readonly Span[]): string {
  return rewritten(text, spans, ({ start, end }) => hide(text.slice(start, end)));
}

/** As many unreadable characters. */
export function hide(text: string): string {
  return TAKEN.repeat(text.length);
}

/** The text with every span replaced. The spans are in order and do not overlap. */
export function replaced(text: string, spans: readonly Span[]): string {
  return rewritten(text, spans, ({ as }) => as);
}

function rewritten(text: string, spans: readonly Span[], by: (span: Span) => string): string {
  let out = "";
  let at = 0;
  for (const span of spans) {
    out += text.slice(at, span.start) + by(span);
    at = span.end;
  }
  return at === 0 ? text : out + text.slice(at);
}
