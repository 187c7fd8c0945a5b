-- question: Operational: how long do people wait and talk, and how often are they passed on?
-- unit: a contact opened in the period
-- definition: What the operators' tools tell of a contact, the latest that was told of each: waitSeconds
--   (waited counts the contacts with it), transfers (routed; transferred are those with at least one) and
--   talkSeconds (talked). Filters and groups look at the contact's first event. Intervals: Wilson 95 % of
--   the rate, Student 95 % of the mean.
-- caveat: Operational numbers tell of the organisation, not of what customers live through: short talks
--   may be requests that come back. Read contact_resolution beside them.
SELECT
    {{groupKey}}
    count() AS contacts,
    uniqExact(opener) AS people,
    count(waiting) AS waited,
    quantileExactInclusiveOrNull(0.5)(waiting) AS medianWaitSeconds,
    quantileExactInclusiveOrNull(0.9)(waiting) AS p90WaitSeconds,
    count(routes) AS routed,
    countIf(routes > 0) AS transferred,
    {{share(transferred, routed)}} AS transferRate,
    {{wilsonLow(transferred, routed)}} AS transferRateLow,
    {{wilsonHigh(transferred, routed)}} AS transferRateHigh,
    count(talking) AS talked,
    quantileExactInclusiveOrNull(0.5)(talking) AS medianTalkSeconds,
    quantileExactInclusiveOrNull(0.9)(talking) AS p90TalkSeconds,
    avgOrNull(talking) AS meanTalkSeconds,
    {{meanLow(meanTalkSeconds, stddevSamp(talking), talked)}} AS meanTalkSecondsLow,
    {{meanHigh(meanTalkSeconds, stddevSamp(talking), talked)}} AS meanTalkSecondsHigh
FROM
(
    {{parts/cases}}
)
WHERE chosen AND opened >= {{from}} AND opened < {{to}}
{{groupBy}}
ORDER BY contacts DESC, {{groupKey}} waited
LIMIT 10000
