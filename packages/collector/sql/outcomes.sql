-- question: How do interactions end: with success, with failure, or unknown?
-- unit: an event that tells an outcome
-- definition: Events by their name, of those that have an outcome; shares are of all of these (Wilson
--   95 %): an unknown end is in the denominator.
-- caveat: Bots are left out. Of what tells no outcome nothing is said.
SELECT
    {{groupKey}}
    touchpoint,
    count() AS events,
    uniqExact(person) AS people,
    countIf(end = 'success') AS successes,
    countIf(end = 'failure') AS failures,
    countIf(end = 'unknown') AS unknowns,
    {{share(successes, events)}} AS successShare,
    {{wilsonLow(successes, events)}} AS successLow,
    {{wilsonHigh(successes, events)}} AS successHigh,
    {{share(failures, events)}} AS failureShare,
    {{wilsonLow(failures, events)}} AS failureLow,
    {{wilsonHigh(failures, events)}} AS failureHigh,
    {{share(unknowns, events)}} AS unknownShare,
    {{wilsonLow(unknowns, events)}} AS unknownLow,
    {{wilsonHigh(unknowns, events)}} AS unknownHigh
FROM
(
    SELECT DISTINCT
        {{groupSelect}}
        name AS touchpoint,
        {{person}} AS person,
        outcome AS end,
        id
    FROM {{events}}
    WHERE {{where}} AND outcome != ''
)
GROUP BY {{groupKey}} touchpoint
ORDER BY {{groupKey}} failures DESC, events DESC, touchpoint
