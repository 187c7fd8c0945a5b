import { useI18n } from "../i18n/context.js";
import type { Hour } from "./hours.js";

const HEIGHT = 64;
const STEP = 40;
const GAP = 6;

/** 24 bars; the sentence above says the same to those who do not see them. */
export function ActivityChart({ hours }: { hours: readonly Hour[] }) {
  const { text, format } = useI18n();
  const highest = Math.max(1, ...hours.map((hour) => hour.events));
  const width = hours.length * STEP;
  return (
    <div class="activity-chart">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {hours.map((hour, index) => {
          const height = hour.events === 0 ? 1 : Math.max(2, (hour.events / highest) * HEIGHT);
          return (
            <rect
              key={hour.time}
              class={hour.events === 0 ? "activity-none" : "activity-bar"}
              x={index * STEP + GAP / 2}
              y={HEIGHT - height}
              width={STEP - GAP}
              height={height}
            >
              <title>
                {text.live.bar(
                  format.hour(hour.time),
                  format.number(hour.events),
                  format.number(hour.people),
                )}
              </title>
            </rect>
          );
        })}
      </svg>
      <div class="activity-axis" aria-hidden="true">
        {[0, 6, 12, 18, 23].map((index) => (
          <span key={index}>{format.hour(hours[index]?.time ?? "")}</span>
        ))}
      </div>
    </div>
  );
}
