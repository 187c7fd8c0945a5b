import type { Column } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { scaleOf, type Scale } from "./scale.js";
import type { Point, Series } from "./series.js";
import { numberText } from "./value.js";

const WIDTH = 1000;
const HEIGHT = 200;

interface Properties {
  series: readonly Series[];
  /** All moments, in their order. */
  times: readonly number[];
  column: Column;
  label: string;
  /** Which moment is read, and its name. */
  place: number;
  moment: string;
  /** Whether the last moment's interval still goes on: what leads there is dashed. */
  unfinished: boolean;
  onPlace: (place: number) => void;
}

/** The lines; arrows and the pointer choose the moment whose values stand below. */
export function LinePlot(properties: Properties) {
  const { series, times, column, label, place, moment, unfinished, onPlace } = properties;
  const i18n = useI18n();
  const { format } = i18n;
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const points = series.flatMap((one) => [...one.points, ...one.other]);
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const scale = scaleOf(values, column.kind === "share" ? 1 : Infinity);
  // A single moment stands in the middle.
  const x = (time: number): number =>
    times.length === 1 ? WIDTH / 2 : ((time - first) / span) * WIDTH;
  const read = series.flatMap((one) =>
    one.points
      .filter(({ time }) => time === times[place])
      .map(({ value, row }) => numberText(column, value, row, i18n)),
  );
  const choose = (next: number): void => onPlace(Math.min(times.length - 1, Math.max(0, next)));
  return (
    <div class="line">
      <div class="line-scale" aria-hidden="true">
        {[scale.high, (scale.high + scale.low) / 2, scale.low].map((value) => (
          <span key={value}>{numberText(column, value, {}, i18n)}</span>
        ))}
      </div>
      <div
        class="line-plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, times.length - 1)}
        aria-valuenow={place}
        aria-valuetext={`${moment}: ${read.join(", ")}`}
        onKeyDown={(event) => {
          const moves: Record<string, number> = {
            ArrowLeft: place - 1,
            ArrowDown: place - 1,
            ArrowRight: place + 1,
            ArrowUp: place + 1,
            Home: 0,
            End: times.length - 1,
          };
          const next = moves[event.key];
          if (next === undefined) return;
          event.preventDefault();
          choose(next);
        }}
        onPointerMove={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          const wanted = ((event.clientX - left) / width) * WIDTH;
          choose(nearest(times.map(x), wanted));
        }}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              class="line-rule"
              x1={0}
              x2={WIDTH}
              y1={part * HEIGHT}
              y2={part * HEIGHT}
            />
          ))}
          {series.length === 1 &&
            series.map((one) => (
              <path key={one.key} class="line-band" d={band(one.points, x, scale)} />
            ))}
          {series.map((one, index) => (
            <g key={one.key} class={`line-${index}`}>
              <path class="line-other" d={path(one.other, x, scale)} />
              <path class="line-path" d={path(settled(one.points, unfinished), x, scale)} />
              {unfinished && (
                <path class="line-path line-open" d={path(one.points.slice(-2), x, scale)} />
              )}
            </g>
          ))}
          <line
            class="line-cursor"
            x1={x(times[place] ?? 0)}
            x2={x(times[place] ?? 0)}
            y1={0}
            y2={HEIGHT}
          />
        </svg>
      </div>
      <div class="line-times" aria-hidden="true">
        {[...new Set([times[0], times.at(-1)])].map(
          (time) => time !== undefined && <span key={time}>{format.day(iso(time))}</span>,
        )}
      </div>
    </div>
  );
}

const iso = (time: number): string => (Number.isNaN(time) ? "" : new Date(time).toISOString());

const y = (value: number, scale: Scale): number => (1 - scale.at(value)) * HEIGHT;

/** Without the last interval, where it still goes on. */
const settled = (points: readonly Point[], unfinished: boolean): readonly Point[] =>
  unfinished && points.length > 1 ? points.slice(0, -1) : points;

/** A point alone is a dash: a line needs two. */
function path(points: readonly Point[], x: (time: number) => number, scale: Scale): string {
  const [only] = points;
  if (points.length === 1 && only !== undefined) {
    return `M${x(only.time) - 6} ${y(only.value, scale)}h12`;
  }
  return points
    .map(({ time, value }, place) => `${place === 0 ? "M" : "L"}${x(time)} ${y(value, scale)}`)
    .join("");
}

function band(points: readonly Point[], x: (time: number) => number, scale: Scale): string {
  const upper = points.filter(({ high }) => high !== null);
  if (upper.length < 2) return "";
  const there = upper.map(({ time, high }) => `${x(time)} ${y(high ?? 0, scale)}`);
  const back = upper.toReversed().map(({ time, low }) => `${x(time)} ${y(low ?? 0, scale)}`);
  return `M${[...there, ...back].join("L")}Z`;
}

function nearest(places: readonly number[], wanted: number): number {
  let best = 0;
  for (const [index, place] of places.entries()) {
    if (Math.abs(place - wanted) < Math.abs((places[best] ?? 0) - wanted)) best = index;
  }
  return best;
}
