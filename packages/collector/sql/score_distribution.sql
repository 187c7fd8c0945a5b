-- question: How are the scores distributed?
-- unit: a score of a scale
-- definition: Answers with that score ÷ answers of the same metric, scale, direction and kind, each by its
--   latest revision, with Wilson's 95 % interval. Every whole score of the scale has a row, also one that
--   nobody gave. "Not applicable" and answers taken back do not count. With `goal`, converted are those whose
--   person has that event from `goalDays` before to `goalDays` after the answer.
-- caveat: Bots are left out. A score of which the scale was not sent, or that is no whole number of it,
--   does not count; nor do scales of more than 101 scores. An NPS without a scale is 0-10.
SELECT
    {{groupKey}}
    metric,
    kind,
    scale,
    polarity,
    result,
    toInt64(one.1) AS score,
    one.2 AS answers,
    total,
    {{share(answers, total)}} AS share,
    {{wilsonLow(answers, total)}} AS low,
    {{wilsonHigh(answers, total)}} AS high,
    people
FROM
(
    SELECT
        {{groupKey}}
        metric,
        kind,
        {{scale(lowest, highest)}} AS scale,
        polarity,
        result,
        count() AS total,
        uniqExact(person) AS people,
        sumMap(map(toInt64(assumeNotNull(score)), toUInt64(1))) AS given,
        arrayMap(value -> (value, given[value]), range(toInt64(any(lowest)), toInt64(any(highest)) + 1)) AS scores
    FROM
    (
        SELECT
            *,
            ifNull(if(metric = 'nps', ifNull(scale_min, 0), scale_min), 0) AS lowest,
            ifNull(if(metric = 'nps', ifNull(scale_max, 10), scale_max), 0) AS highest
        FROM
        (
            {{parts/answers_by_result}}
        )
    )
    WHERE has({metrics:Array(String)}, metric)
        AND ({kind:String} = 'any' OR kind = {kind:String})
        AND NOT not_applicable
        AND {{onScale(score, lowest, highest)}}
        AND score = floor(score)
        AND lowest = floor(lowest)
        AND highest = floor(highest)
        AND highest - lowest <= 100
        AND abs(lowest) <= 1000000
    GROUP BY {{groupKey}} metric, kind, scale, polarity, result
)
ARRAY JOIN scores AS one
ORDER BY {{groupKey}} metric, kind, scale, polarity DESC, result, score
