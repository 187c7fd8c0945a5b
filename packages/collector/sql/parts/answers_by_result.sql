-- The answers of the period, each with what became of its person: `converted` where they have the event
-- `goal` from `goalDays` before to `goalDays` after the answer; `all` where no goal is asked for.
SELECT
    *,
    multiIf(
        {goal:String} = '', 'all',
        arrayExists(moment -> abs(dateDiff('millisecond', moment, occurred_at)) <= 86400000 * {goalDays:UInt16}, goals.moments), 'converted',
        'not converted'
    ) AS result
FROM
(
    {{parts/answers}}
) AS answers
GLOBAL LEFT JOIN
(
    SELECT {{person}} AS reached_by, groupUniqArray(occurred_at) AS moments
    FROM {{events}}
    WHERE {{site}}
        AND name = {goal:String}
        AND occurred_at >= {{from}} - toIntervalDay({goalDays:UInt16})
        AND occurred_at < {{to}} + toIntervalDay({goalDays:UInt16})
        AND NOT bot
    GROUP BY reached_by
) AS goals ON answers.person = goals.reached_by
