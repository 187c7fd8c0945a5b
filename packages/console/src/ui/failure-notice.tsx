import type { QueryFailure } from "../api/failure.js";
import { useI18n } from "../i18n/context.js";
import type { Messages } from "../i18n/en.js";
import { Notice } from "./notice.js";

/** Says in the reader's language what kind of failure it is; the collector's own words follow. */
export function failureText(failure: QueryFailure, text: Messages): string {
  if (failure.status === 0) return text.failure.unreachable;
  if (failure.status === 429 || failure.status === 503) return text.failure.busy;
  const intro = failure.status >= 500 ? text.failure.fault : text.failure.refused;
  return `${intro} ${failure.message}`;
}

export function FailureNotice({ failure, retry }: { failure: QueryFailure; retry: () => void }) {
  const { text, format } = useI18n();
  return (
    <Notice title={text.failure.title} alert>
      <p>
        {failureText(failure, text)}{" "}
        {failure.retryAfter !== null &&
          text.failure.retryIn(format.duration(Math.max(1, failure.retryAfter)))}
      </p>
      <button type="button" class="button" onClick={retry}>
        {text.failure.retry}
      </button>
    </Notice>
  );
}
