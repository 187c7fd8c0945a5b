-- question: How long after something happens does the collector know of it?
-- unit: an event
-- definition: Seconds from the moment it occurred, by its sender's corrected clock, to the moment it was
--   received, the first time if it came more than once; at least 0. Quantiles are exact; Wilson 95 % of the
--   share within a minute.
-- caveat: Bots are left out. Imported history is as old as it is: filter it away by what tells it apart. People are counted as each event
--   names them: a user beside a device not known to be theirs.
SELECT
    {{groupKey}}
    count() AS events,
    uniqExact(person) AS people,
    quantileExact(0.5)(delay) AS medianSeconds,
    quantileExact(0.9)(delay) AS p90Seconds,
    quantileExact(0.99)(delay) AS p99Seconds,
    countIf(delay <= 60) AS withinMinute,
    {{share(withinMinute, events)}} AS withinMinuteShare,
    {{wilsonLow(withinMinute, events)}} AS withinMinuteLow,
    {{wilsonHigh(withinMinute, events)}} AS withinMinuteHigh,
    max(received) AS lastReceivedAt
FROM
(
    SELECT
        {{groupFirst}}
        any(person_key) AS person,
        min(received_at) AS received,
        greatest(0, dateDiff('millisecond', occurred_at, received) / 1000) AS delay
    FROM {{events}}
    WHERE {{where}}
    -- As the table is sorted, so that few of them are in memory at a time.
    GROUP BY name, person_key, occurred_at, id
    SETTINGS optimize_aggregation_in_order = 1
)
{{groupBy}}
HAVING events > 0
ORDER BY {{groupKey}} events
