-- question: Which channels and campaigns bring people and customers, and what do these cost?
-- unit: a person who came in the period
-- definition: Came: had an event other than those of messages and contacts. Each is counted for one
--   touch: the first ever, or the last before their first goal event in the period (before its end where
--   they have none); a touch is the first event of a session that tells an acquisition channel.
--   Converted: had a goal event in the period. New customers: their first goal event ever lies in it.
--   Costs, impressions and clicks are those imported for the days of the period. Click-through rate:
--   clicks over impressions; cost per click: cost over clicks; acquisition cost (CAC): cost over new
--   customers. Filters and groups look at the first event with which a person came and which fulfils
--   the filters. Intervals: Wilson 95 %.
-- caveat: Bots are left out; the empty channel is of people without a touch. Costs do not follow filters,
--   and in groups there are none. Costs in several currencies are not summed up: name one, or there is no
--   cost. Events that are no longer kept are neither a touch nor a first goal.
WITH
    (
        SELECT if({currency:String} = '' AND uniqExact(currency) = 1, CAST(any(currency), 'String'), {currency:String})
        FROM costs
        WHERE {{site}}
    ) AS counted
SELECT
    {{groupKey}}
    channel,
    campaign,
    sum(peopleOf) AS people,
    sum(convertedOf) AS converted,
    {{share(converted, people)}} AS conversion,
    {{wilsonLow(converted, people)}} AS conversionLow,
    {{wilsonHigh(converted, people)}} AS conversionHigh,
    sum(newOf) AS newCustomers,
    sum(impressionsOf) AS impressions,
    sum(clicksOf) AS clicks,
    -- Some count clicks on what they do not count as shown.
    if(clicks > impressions, NULL, {{share(clicks, impressions)}}) AS clickThroughRate,
    if(clicks > impressions, NULL, {{wilsonLow(clicks, impressions)}}) AS clickThroughRateLow,
    if(clicks > impressions, NULL, {{wilsonHigh(clicks, impressions)}}) AS clickThroughRateHigh,
    counted AS currency,
    if(counted = '' OR sum(paid) = 0, NULL, sum(costOf)) AS cost,
    cost / nullIf(clicks, 0) AS costPerClick,
    cost / nullIf(newCustomers, 0) AS acquisitionCost
FROM
(
    SELECT
        `group`,
        touch.3 AS channel,
        if({level:String} = 'campaign', touch.4, '') AS campaign,
        count() AS peopleOf,
        countIf(goals > 0) AS convertedOf,
        countIf(goals > 0 AND firstGoal >= {{from}}) AS newOf,
        0 AS impressionsOf,
        0 AS clicksOf,
        0 AS paid,
        0. AS costOf
    FROM
    (
        SELECT
            *,
            if(goals > 0, goalAt, {{to}}) AS moment,
            {{touch(touches, moment, {attribution:String})}} AS touch
        FROM
        (
            SELECT
                {{person}} AS person,
                argMinIf({{groupField}}, (occurred_at, id), came) AS `group`,
                countIf(occurred_at >= {{from}} AND name NOT LIKE 'message\_%' AND name NOT LIKE 'contact\_%' AND {{filters}} AS came) AS coming,
                countIf(occurred_at >= {{from}} AND name IN {goal:Array(String)}) AS goals,
                minIf(occurred_at, occurred_at >= {{from}} AND name IN {goal:Array(String)}) AS goalAt,
                minIf(occurred_at, name IN {goal:Array(String)}) AS firstGoal
            FROM {{events}}
            WHERE {{site}}
                AND (occurred_at >= {{from}} OR name IN {goal:Array(String)})
                AND occurred_at < {{to}}
                AND NOT bot
            GROUP BY person
            HAVING coming > 0
        ) AS comers
        GLOBAL LEFT JOIN
        (
            {{parts/touches}}
        ) AS won ON comers.person = won.winner
    )
    GROUP BY `group`, channel, campaign
    UNION ALL
    SELECT
        '' AS `group`,
        CAST(acquisition_channel, 'String') AS channel,
        if({level:String} = 'campaign', CAST(campaign_name, 'String'), '') AS campaign,
        0 AS peopleOf,
        0 AS convertedOf,
        0 AS newOf,
        sum(impressions) AS impressionsOf,
        sum(clicks) AS clicksOf,
        count() AS paid,
        toFloat64(sum(cost)) AS costOf
    FROM costs FINAL
    WHERE {{site}}
        AND toDateTime64(day, 3, 'UTC') >= {{from}}
        AND toDateTime64(day, 3, 'UTC') < {{to}}
        AND (counted = '' OR currency = counted)
        -- A cost belongs to no group: of groups there is text between these quotes.
        AND '{{groupKey}}' = ''
    GROUP BY channel, campaign
)
GROUP BY {{groupKey}} channel, campaign
ORDER BY {{groupKey}} people DESC, cost DESC, channel, campaign
LIMIT 10000
