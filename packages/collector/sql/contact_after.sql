-- question: Who contacts us after a page, a form or a step, and how soon?
-- unit: a person and a page, a form or an event name
-- definition: People are those to whom it happened in the period: a page_view of the page, a form_submit
--   of the form, or an event of the name. Followed: one of their contacts was opened within {days} days
--   after it. A contact is opened by its first event; one of the same millisecond does not follow. The
--   delay is that of the first contact that follows, from the last such event before it. Containment is
--   the share that no contact follows: of pages that help people help themselves, how many these hold.
--   Filters and groups look at what happened, so a step with conditions is an event with filters; a
--   person may be in several groups. Intervals: Wilson 95 %.
-- caveat: Bots are left out. What follows need not be caused by it: compare with other pages. Contacts up
--   to {days} days after the period count; what happened less than {days} days ago may be followed yet.
--   The 1,000 that are followed most.
SELECT
    {{groupKey}}
    thing AS name,
    count() AS people,
    countIf(followed) AS contacted,
    {{share(contacted, people)}} AS contactRate,
    {{wilsonLow(contacted, people)}} AS contactRateLow,
    {{wilsonHigh(contacted, people)}} AS contactRateHigh,
    {{share(people - contacted, people)}} AS containment,
    {{wilsonLow(people - contacted, people)}} AS containmentLow,
    {{wilsonHigh(people - contacted, people)}} AS containmentHigh,
    if(contacted = 0, NULL, quantileExactInclusiveIf(0.5)(delay, followed)) AS medianSeconds,
    if(contacted = 0, NULL, quantileExactInclusiveIf(0.9)(delay, followed)) AS p90Seconds
FROM
(
    SELECT
        {{groupKey}}
        thing,
        countIf(follows) > 0 AS followed,
        argMinIf(next - at, (next, next - at), follows) / 1000 AS delay
    FROM
    (
        SELECT
            {{groupSelect}}
            -- In an `if` within another ClickHouse would read the columns of what is not asked for.
            concat(
                if({what:String} = 'page', if(page_name != '', CAST(page_name, 'String'), page_path), ''),
                if({what:String} = 'form', ifNull(toString(properties.form), ''), ''),
                if({what:String} = 'event', CAST(name, 'String'), '')) AS thing,
            {{person}} AS person,
            toUnixTimestamp64Milli(occurred_at) AS at,
            arrayFirst(opening -> opening > at, contacted.openings) AS next,
            next > 0 AND next <= at + {days:UInt16} * 86400000 AS follows
        FROM {{events}}
        GLOBAL LEFT JOIN
        (
            SELECT opener, arraySort(groupArray(toUnixTimestamp64Milli(opened))) AS openings
            FROM
            (
                {{parts/openings}}
            )
            WHERE empty({reasons:Array(String)}) OR has({reasons:Array(String)}, firstReason)
            GROUP BY opener
        ) AS contacted ON {{person}} = contacted.opener
        WHERE {{where}}
            AND ({what:String} != 'page' OR name = 'page_view')
            AND ({what:String} != 'form' OR name = 'form_submit')
            AND ({what:String} != 'event' OR empty({names:Array(String)}) OR name IN {names:Array(String)})
            AND (empty({names:Array(String)}) OR has({names:Array(String)}, thing))
    )
    GROUP BY {{groupKey}} thing, person
)
GROUP BY {{groupKey}} thing
ORDER BY contacted DESC, people DESC, {{groupKey}} thing
LIMIT 1000
