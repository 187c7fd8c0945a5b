import type { TagConfig } from "../survey-rules.js";
import type { Memories } from "./memory.js";
import type { SurveysOptions } from "./options.js";
import type { AskingPlatform } from "./platform.js";
import type { Tracker } from "../instruments/tracker.js";

/** What those who decide about showing share with those who watch. */
export interface AskingContext {
  tag: Tracker;
  config: TagConfig;
  options: SurveysOptions;
  platform: AskingPlatform;
  memories: Memories;
  /** Whether the visitor agreed to more than audience measurement. */
  isFull: () => boolean;
  /** The person as the tag keeps it. */
  person: () => { [field: string]: unknown };
  url: (path: string) => string;
  /** Ended when nothing is to be shown any more. */
  signal: AbortSignal;
}
