-- question: Do people who struggle convert less?
-- unit: a person with an event in the period
-- definition: For each signal of friction, as friction tells them, and any of them, the people who met it and those who did not: the
--   share of either with an event of the name `goal` in the period (Wilson 95 %), and the difference with
--   minus without (Newcombe 95 %). Filters look at events, groups at the person's first one.
-- caveat: Bots are left out. It is a link, not a cause: who stays longer meets more, and buys more. The
--   signal may have come after the goal.
SELECT
    {{groupKey}}
    signal,
    countIf(met) AS peopleWith,
    countIf(met AND converted) AS convertedWith,
    {{share(convertedWith, peopleWith)}} AS conversionWith,
    {{wilsonLow(convertedWith, peopleWith)}} AS withLow,
    {{wilsonHigh(convertedWith, peopleWith)}} AS withHigh,
    countIf(NOT met) AS peopleWithout,
    countIf(NOT met AND converted) AS convertedWithout,
    {{share(convertedWithout, peopleWithout)}} AS conversionWithout,
    {{wilsonLow(convertedWithout, peopleWithout)}} AS withoutLow,
    {{wilsonHigh(convertedWithout, peopleWithout)}} AS withoutHigh,
    conversionWith - conversionWithout AS difference,
    {{differenceLow(conversionWith, withLow, conversionWithout, withoutHigh)}} AS differenceLow,
    {{differenceHigh(conversionWith, withHigh, conversionWithout, withoutLow)}} AS differenceHigh
FROM
(
    SELECT
        {{groupKey}}
        converted,
        arrayJoin(arrayConcat([('any', notEmpty(signals))], arrayMap(one -> (one, has(signals, one)), ['rage_click', 'dead_click', 'js_error', 'back_and_forth', 'form_retry']))) AS pair,
        pair.1 AS signal,
        pair.2 AS met
    FROM
    (
        WITH name = 'form_submit' AND session_id != toUUID('00000000-0000-0000-0000-000000000000') AS sent
        SELECT
            {{person}} AS person,
            {{groupFirst}}
            countIf(name = {goal:String}) > 0 AS converted,
            -- Sent more often than there are forms in the person's visits.
            uniqExactIf(id, sent) > uniqExactIf((session_id, ifNull(toString(properties.form), '')), sent) AS retried,
            arrayConcat(
                groupUniqArrayIf(toString(name), name IN ('rage_click', 'dead_click', 'js_error', 'back_and_forth')),
                if(retried, ['form_retry'], [])
            ) AS signals
        FROM {{events}}
        WHERE {{where}}
        GROUP BY person
    )
)
GROUP BY {{groupKey}} signal
ORDER BY {{groupKey}} signal != 'any', signal
