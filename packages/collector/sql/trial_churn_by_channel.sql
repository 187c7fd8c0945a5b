-- question: How many of those who try leave at the end of the trial, by acquisition channel?
-- unit: a person whose trial ended in the period
-- definition: A trial begins with a person's first event of the name {trial} and ends {days} days later.
--   Stayed: had one of the {converted} events between the two; churned: had none. Each is counted for one
--   touch: the first ever, or the last before the trial; a touch is the first event of a session that
--   tells an acquisition channel. Filters and groups look at the event that began the trial. Interval:
--   Wilson 95 %.
-- caveat: Bots are left out; the empty channel is of people without a touch. Trials that end after the
--   latest of all these events are not over yet and do not count.
SELECT
    {{groupKey}}
    touch.3 AS channel,
    count() AS trials,
    countIf(stayed) AS stayed,
    trials - stayed AS churned,
    {{share(churned, trials)}} AS churn,
    {{wilsonLow(churned, trials)}} AS churnLow,
    {{wilsonHigh(churned, trials)}} AS churnHigh
FROM
(
    SELECT
        *,
        arrayExists(t -> t >= began AND t <= ended, goals) AS stayed,
        {{touch(touches, began, {attribution:String})}} AS touch
    FROM
    (
        SELECT
            {{person}} AS person,
            argMinIf({{groupField}}, (occurred_at, id), name = {trial:String}) AS `group`,
            argMinIf({{filters}}, (occurred_at, id), name = {trial:String}) AS chosen,
            minIf(occurred_at, name = {trial:String}) AS began,
            began + INTERVAL {days:UInt16} DAY AS ended,
            groupArrayIf(occurred_at, name IN {converted:Array(String)}) AS goals,
            max(max(occurred_at)) OVER () AS latest
        FROM {{events}}
        WHERE {{site}}
            AND (name = {trial:String} OR name IN {converted:Array(String)})
            AND occurred_at < {{to}}
            AND NOT bot
        GROUP BY person
    ) AS tried
    GLOBAL LEFT JOIN
    (
        {{parts/touches}}
    ) AS won ON tried.person = won.winner
    WHERE chosen
        AND began > toDateTime64(0, 3, 'UTC')
        AND ended >= {{from}}
        AND ended < {{to}}
        AND ended <= latest
)
GROUP BY {{groupKey}} channel
ORDER BY {{groupKey}} trials DESC, channel
LIMIT 10000
