-- question: Are requests resolved, at the first contact, and how long does that take?
-- unit: a contact opened in the period
-- definition: A contact is opened by its first event and stands as its latest contact_opened or
--   contact_resolved says, up to now: open, resolved, or unresolved (ended with `resolved: false`).
--   First contacts are those without another of the same person for the same reason in the {days} days
--   before; resolved at first are the resolved ones of them that were not reopened and without another
--   such contact in the {days} days after. Ended: contact_resolved came at least once; reopened: one
--   was opened after that, or a tool says so. Handling time is from the opening to the latest
--   contact_resolved of those resolved; "with open" is of all whose opening is known, where one not
--   resolved takes longer than any other: none where half (a tenth) of them are not. Filters and groups
--   look at the contact's first event. Intervals: Wilson 95 %.
-- caveat: Contacts opened less than {days} days ago may yet be repeated, and open ones resolved. One
--   whose contact_opened was never told has no handling time.
SELECT
    {{groupKey}}
    count() AS contacts,
    uniqExact(opener) AS people,
    countIf(state = 'resolved') AS resolved,
    countIf(state = 'unresolved') AS unresolved,
    countIf(state = 'open') AS open,
    {{share(resolved, contacts)}} AS resolutionRate,
    {{wilsonLow(resolved, contacts)}} AS resolutionRateLow,
    {{wilsonHigh(resolved, contacts)}} AS resolutionRateHigh,
    countIf(NOT repeats) AS firstContacts,
    countIf(NOT repeats AND NOT repeated AND NOT again AND state = 'resolved') AS resolvedAtFirst,
    {{share(resolvedAtFirst, firstContacts)}} AS firstContactResolution,
    {{wilsonLow(resolvedAtFirst, firstContacts)}} AS firstContactResolutionLow,
    {{wilsonHigh(resolvedAtFirst, firstContacts)}} AS firstContactResolutionHigh,
    countIf(closed) AS ended,
    countIf(closed AND again) AS reopened,
    {{share(reopened, ended)}} AS reopeningRate,
    {{wilsonLow(reopened, ended)}} AS reopeningRateLow,
    {{wilsonHigh(reopened, ended)}} AS reopeningRateHigh,
    countIf(isNotNull(seconds)) AS timed,
    quantileExactInclusiveOrNull(0.5)(seconds) AS medianSeconds,
    quantileExactInclusiveOrNull(0.9)(seconds) AS p90Seconds,
    -- Between two infinite ones lies no number.
    if(isFinite(quantileExactInclusiveIf(0.5)(ifNull(seconds, inf), seenOpening) AS half), half, NULL) AS medianWithOpenSeconds,
    if(isFinite(quantileExactInclusiveIf(0.9)(ifNull(seconds, inf), seenOpening) AS most), most, NULL) AS p90WithOpenSeconds
FROM
(
    SELECT
        *,
        if(latest = '', 'open', latest) AS state,
        if(state = 'resolved' AND seenOpening, (toUnixTimestamp64Milli(closedAt) - toUnixTimestamp64Milli(opened)) / 1000, NULL) AS seconds,
        ifNull(opened <= addDays(lagInFrame(toNullable(opened)) OVER ofRequest, {days:UInt16}), false) AS repeats,
        ifNull(leadInFrame(toNullable(opened)) OVER ofRequest <= addDays(opened, {days:UInt16}), false) AS repeated
    FROM
    (
        {{parts/cases}}
    )
    WINDOW ofRequest AS (PARTITION BY opener, firstReason ORDER BY opened, contact_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
WHERE chosen AND opened >= {{from}} AND opened < {{to}}
{{groupBy}}
ORDER BY contacts DESC, {{groupKey}} resolved
LIMIT 10000
