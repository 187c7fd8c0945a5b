import { useEffect, useRef, useState } from "preact/hooks";
import { createClient } from "../api/client.js";
import { useI18n } from "../i18n/context.js";
import { dayOf } from "../state/period.js";
import { failureText } from "../ui/failure-notice.js";
import { Logo } from "../ui/logo.js";
import { asFailure } from "../ui/use-answer.js";

interface Properties {
  /** True when a key that worked before was refused. */
  ended: boolean;
  onKey: (key: string, remember: boolean) => void;
}

/** Asks for the read key and lets in once the collector accepts it. */
export function KeyGate({ ended, onKey }: Properties) {
  const { text, format } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState("");
  const [remember, setRemember] = useState(false);
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState(ended ? text.key.ended : "");
  useEffect(() => field.current?.focus(), []);

  const check = async (): Promise<void> => {
    const wanted = key.trim();
    if (wanted === "") {
      setError(text.key.empty);
      field.current?.focus();
      return;
    }
    setChecking(true);
    setError("");
    try {
      const today = dayOf(Date.now());
      await createClient(wanted, fetch)("event_names", { from: today, to: today });
      onKey(wanted, remember);
    } catch (thrown) {
      const failure = asFailure(thrown);
      const wait =
        failure.retryAfter === null
          ? ""
          : ` ${text.failure.retryIn(format.duration(failure.retryAfter))}`;
      setError(failure.status === 401 ? text.key.unknown : failureText(failure, text) + wait);
      setChecking(false);
      field.current?.focus();
    }
  };

  return (
    <main id="main" class="gate" tabIndex={-1}>
      <form
        class="gate-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (!checking) void check();
        }}
      >
        <Logo />
        <h1>{text.key.title}</h1>
        <p class="muted" id="key-hint">
          {text.key.hint}
        </p>
        {/* Password managers file the key under this name. */}
        <input type="text" name="username" autocomplete="username" value="balise" hidden readOnly />
        <label class="field">
          <span class="label">{text.key.label}</span>
          <input
            ref={field}
            class="input"
            type="password"
            name="read-key"
            autocomplete="current-password"
            spellcheck={false}
            data-testid="key-input"
            aria-describedby={error === "" ? "key-hint" : "key-error"}
            aria-invalid={error === "" ? undefined : "true"}
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <p class="error" id="key-error" role="alert" data-testid="key-error" hidden={error === ""}>
          {error}
        </p>
        <label class="check">
          <input
            type="checkbox"
            data-testid="key-remember"
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <span>
            {text.key.remember}
            <small class="muted">{text.key.rememberHint}</small>
          </span>
        </label>
        <button
          type="submit"
          class="button button-primary"
          data-testid="key-submit"
          aria-disabled={checking ? "true" : undefined}
        >
          {checking ? text.key.checking : text.key.submit}
        </button>
      </form>
    </main>
  );
}
