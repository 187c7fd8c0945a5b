-- question: Does what arrives follow the tracking plan?
-- unit: an event name, planned or seen, and each kind in which its events break the plan
-- definition: Events are counted once by id. `events` are those of the name in the period, of all its
--   kinds, `people` who did them; `lastSeen` is its latest before the period's end; `violating` of them
--   break the plan in the kind named by `violation`, as the collector marked them when they came.
--   Share: violating over events, with its Wilson interval at 95 %.
--   State: `never_seen` is planned and came at no time before the period's end, `missing` planned and
--   came before the period alone, `seen` planned and came in it, `ready_made` one of Balise's own names
--   that the plan leaves out, `unplanned` any other. Filters and groups hold for all of it: what is
--   never seen was never seen there.
-- caveat: Bots are left out. What came before there was a plan, or while another one was in force, has
--   its marks or none. An enforced plan keeps what it refuses in rejected_events, not here. Planned
--   events are looked for at all times. Ids are counted exactly, which takes 0.3 seconds a million
--   events. At most 10,000 rows.
SELECT
    {{groupKey}}
    event,
    toBool(event IN {planned:Array(String)}) AS planned,
    toBool({{isGoal}}) AS goal,
    multiIf(planned AND lastSeen IS NULL, 'never_seen', planned AND events = 0, 'missing', planned, 'seen', event IN {{readyMade}}, 'ready_made', 'unplanned') AS state,
    events,
    people,
    lastSeen,
    kind.1 AS violation,
    kind.2 AS violating,
    {{share(violating, events)}} AS share,
    {{wilsonLow(violating, events)}} AS low,
    {{wilsonHigh(violating, events)}} AS high
FROM
(
    SELECT
        {{groupKey}}
        one.1 AS event,
        one.2 AS events,
        one.3 AS people,
        nullIf(one.4, toDateTime64(0, 3, 'UTC')) AS lastSeen,
        one.5 AS kinds
    FROM
    (
        SELECT
            {{groupKey}}
            groupArray((event, events, people, last, kinds)) AS seen,
            arrayConcat(seen, arrayMap(
                name -> (name, toUInt64(0), toUInt64(0), toDateTime64(0, 3, 'UTC'), CAST([], 'Array(Tuple(String, UInt64))')),
                arrayFilter(name -> NOT has(seen.1, name), arrayDistinct({planned:Array(String)})))) AS every
        FROM
        (
            SELECT
                {{groupSelect}}
                toString(name) AS event,
                uniqExactIf(id, occurred_at >= {{from}}) AS events,
                uniqExactIf({{person}}, occurred_at >= {{from}}) AS people,
                max(occurred_at) AS last,
                CAST(uniqExactMapIf(map(toString(plan_violation), id), occurred_at >= {{from}} AND plan_violation != ''), 'Array(Tuple(String, UInt64))') AS kinds
            FROM {{events}}
            WHERE {{site}}
                AND (occurred_at >= {{from}} OR name IN {planned:Array(String)})
                AND occurred_at < {{to}}
                AND NOT bot
                AND {{filters}}
            GROUP BY {{groupKey}} event
        )
        {{groupBy}}
    )
    ARRAY JOIN every AS one
)
LEFT ARRAY JOIN arraySort(kind -> (-kind.2, kind.1), kinds) AS kind
ORDER BY {{groupKey}} planned DESC, state, violating DESC, events DESC, event, violation
LIMIT 10000
