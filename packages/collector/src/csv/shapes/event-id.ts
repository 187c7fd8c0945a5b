import { z } from "zod";
import { idAt } from "./ids.js";

const uuid = z.uuid();

/** An id of another system as an event's: itself, or the same UUID for the same id and moment. */
export function eventIdOf(value: string, time: number): string {
  return uuid.safeParse(value).success ? value : idAt(time, "id", value);
}
