import { z } from "zod";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;
const DAY = 86_400_000;

/** Epoch milliseconds of an ISO date or time; one without a zone is UTC. NaN where it is neither. */
export function momentOf(text: string): number {
  if (!DATE.test(text) && !TIME.test(text)) return Number.NaN;
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  // 31 February would pass for 3 March.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text.slice(0, 10)))
    return Number.NaN;
  if (DATE.test(text)) return day.getTime();
  const iso = text.replace(" ", "T");
  return Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(iso) ? iso : `${iso}Z`);
}

/** A parameter that is a moment. */
export const momentSchema = z
  .string()
  .refine((text) => !Number.isNaN(momentOf(text)), {
    error: "must be an ISO date or time, such as 2026-01-31 or 2026-01-31T12:00:00Z",
  })
  .describe("ISO date or time, UTC");

/** The fields of a period: `from` is included; `to` is not, except as a whole day when it is a date. */
export const periodFields = { from: momentSchema.optional(), to: momentSchema.optional() };

export interface Period {
  /** Epoch milliseconds, included. */
  from: number;
  /** Epoch milliseconds, not included. */
  to: number;
}

const EARLIEST = 0;
const LATEST = Date.UTC(2200, 0, 1);

/** @throws z.ZodError when the period ends before it starts. */
export function periodOf(input: { from?: string | undefined; to?: string | undefined }): Period {
  const to = input.to === undefined ? LATEST : momentOf(input.to) + (DATE.test(input.to) ? DAY : 0);
  const from = input.from === undefined ? EARLIEST : momentOf(input.from);
  if (from < to) return { from, to };
  const message = `${input.to} is not after from (${input.from})`;
  throw new z.ZodError([{ code: "custom", path: ["to"], message, input: input.to }]);
}
