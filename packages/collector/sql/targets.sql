-- question: How far is each indicator from its target, and is the gap more than chance?
-- unit: a target of `balise.targets.json`
-- definition: The indicator in the period, its target, and the gap: value less target, with the interval of
--   the value less the target. `state`: met or missed where the whole interval lies on one side of the
--   target, unsure where it holds the target, none where there is no value. Intervals of 95 %: those of
--   the question, of a count Poisson's. A number without an interval is met or missed by itself.
-- caveat: One of twenty intervals misses what it is to hold. A count grows with the period: its target is
--   that of a period as long as the one that is asked about.
SELECT
    name,
    question,
    measure,
    better,
    value,
    low,
    high,
    n,
    target,
    value - target AS gap,
    low - target AS gapLow,
    high - target AS gapHigh,
    multiIf(
        value IS NULL, 'none',
        better = 'higher', multiIf(ifNull(low, value) >= target, 'met', ifNull(high, value) < target, 'missed', 'unsure'),
        multiIf(ifNull(high, value) <= target, 'met', ifNull(low, value) > target, 'missed', 'unsure')
    ) AS state
FROM
(
    {{values}}
)
ORDER BY place
