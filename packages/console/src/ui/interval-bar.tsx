interface Properties {
  /** 0 to 1. */
  share: number;
  /** Share of the step before: the difference is drawn as lost. */
  previous?: number;
  low: number | null;
  high: number | null;
}

const width = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`;

/** A share as a bar, what was lost before it as hatching, its interval as a whisker. */
export function IntervalBar({ share, previous, low, high }: Properties) {
  return (
    <div class="bar" aria-hidden="true">
      {previous !== undefined && <div class="bar-lost" style={{ width: width(previous) }} />}
      <div class="bar-fill" style={{ width: width(share) }} />
      {low !== null && high !== null && (
        <div class="bar-whisker" style={{ left: width(low), width: width(high - low) }} />
      )}
    </div>
  );
}
