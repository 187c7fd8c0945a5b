-- When each person had the event `goal`, from `goalDays` before the period to `goalDays` after it.
SELECT {{person}} AS reached_by, groupUniqArray(occurred_at) AS moments
FROM {{events}}
WHERE {{site}}
    AND name = {goal:String}
    AND occurred_at >= {{from}} - toIntervalDay({goalDays:UInt16})
    AND occurred_at < {{to}} + toIntervalDay({goalDays:UInt16})
    AND NOT bot
GROUP BY reached_by
