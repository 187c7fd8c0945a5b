/** A line of an import that is no JSON, kept with its reason like any other rejected event. */
export class UnreadableLine {
  constructor(
    readonly code: "malformed_json" | "invalid_utf8" | "event_too_large",
    readonly message: string,
    readonly text: string,
  ) {}
}
