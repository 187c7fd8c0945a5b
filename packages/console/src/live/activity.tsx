import { useEffect, useState } from "preact/hooks";
import type { Ask } from "../api/client.js";
import { useI18n } from "../i18n/context.js";
import { useQuery } from "../ui/use-query.js";
import { ActivityChart } from "./activity-chart.js";
import { HOUR, lastHours } from "./hours.js";

const REFRESH = 60_000;

/** Events per hour over the last day, counted anew each minute while the tab is in sight. */
export function Activity({ ask }: { ask: Ask }) {
  const { text, format } = useI18n();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, REFRESH);
    return () => clearInterval(timer);
  }, []);
  const from = new Date(Math.floor(now / HOUR) * HOUR - 23 * HOUR).toISOString();
  const { answer } = useQuery(ask, "activity", {
    from,
    to: new Date(now).toISOString(),
    bucket: "hour",
  });
  const hours = lastHours(answer?.rows ?? [], now);
  const events = hours.reduce((sum, hour) => sum + hour.events, 0);
  const peak = hours.reduce((best, hour) => (hour.events > best.events ? hour : best));

  return (
    <section class="panel activity" aria-labelledby="activity-title">
      <div class="activity-head">
        <h2 id="activity-title">{text.live.last24}</h2>
        {answer !== null && (
          <p class="muted">
            {text.live.events(events, format.number(events))}
            {events > 0 &&
              ` · ${text.live.peak(format.hour(peak.time), format.number(peak.events))}`}
          </p>
        )}
      </div>
      <ActivityChart hours={hours} />
    </section>
  );
}
