-- question: How many low scores are followed up, how fast, and are these people asked again?
-- unit: a response with a low score
-- definition: Followed up: with a step of another status than `open`; the time to it runs from the first low
--   score of the response to the first such step. Each response has the status of its latest step, `open`
--   without one. Asked again: a later display of the same survey to the same person, or an answer of theirs to
--   it in another response. Low: 0 to 6 of an NPS, the lower third of other scales. With `by` owner, rows are
--   of those who follow up. Intervals: Wilson 95 %.
-- caveat: Bots are left out. Times are of those that were followed up; those that still wait are `open`. Steps
--   and later displays count whenever they came.
SELECT
    {{groupKey}}
    of_owner AS owner,
    count() AS lowResponses,
    uniqExact(customer) AS people,
    countIf(followed_up) AS followedUp,
    {{share(followedUp, lowResponses)}} AS followedUpShare,
    {{wilsonLow(followedUp, lowResponses)}} AS followedUpLow,
    {{wilsonHigh(followedUp, lowResponses)}} AS followedUpHigh,
    countIf(status = 'open') AS open,
    countIf(status = 'in_progress') AS inProgress,
    countIf(status = 'resolved') AS resolved,
    countIf(status = 'dropped') AS dropped,
    if(followedUp = 0, NULL, quantileExactInclusiveIf(0.5)(ifNull(seconds, 0), followed_up)) AS medianSeconds,
    if(followedUp = 0, NULL, quantileExactInclusiveIf(0.9)(ifNull(seconds, 0), followed_up)) AS p90Seconds,
    countIf(isNotNull(asked_again_at)) AS askedAgain,
    {{share(askedAgain, lowResponses)}} AS askedAgainShare,
    {{wilsonLow(askedAgain, lowResponses)}} AS askedAgainLow,
    {{wilsonHigh(askedAgain, lowResponses)}} AS askedAgainHigh
FROM
(
    SELECT *, if({by:String} = 'owner', owner, '') AS of_owner
    FROM
    (
        {{parts/followed_responses}}
    )
)
GROUP BY {{groupKey}} of_owner
ORDER BY lowResponses DESC, {{groupKey}} of_owner
