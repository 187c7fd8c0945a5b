-- question: How many of those who begin a form send it, and how long does it take them?
-- unit: a form filled in within a session that began it in the period
-- definition: Started: form_start, form_submit or form_abandon came, of the form named by the property
--   `form`. Submitted: a form_submit of it came in the same session. Abandoned: none came, whether or
--   not a form_abandon did. Times are the `seconds` of the first form_submit, of those that tell them.
--   Filters and groups look at the form's first event in the session. Interval: Wilson 95 %.
-- caveat: Bots are left out. A form counts once a session, however often it is begun or sent there; one
--   that is being filled in while you ask counts as abandoned. Without a session a person's day (UTC) is one.
SELECT
    {{groupKey}}
    form,
    count() AS started,
    uniqExact(person) AS people,
    countIf(done) AS submitted,
    started - submitted AS abandoned,
    {{share(abandoned, started)}} AS abandonmentRate,
    {{wilsonLow(abandoned, started)}} AS abandonmentRateLow,
    {{wilsonHigh(abandoned, started)}} AS abandonmentRateHigh,
    countIf(isNotNull(seconds)) AS timed,
    quantileExactInclusiveOrNull(0.5)(seconds) AS medianSeconds,
    quantileExactInclusiveOrNull(0.9)(seconds) AS p90Seconds
FROM
(
    {{parts/fillings}}
)
GROUP BY {{groupKey}} form
ORDER BY started DESC, {{groupKey}} form
LIMIT 10000
