-- question: Does what arrives follow the tracking plan?
-- unit: an event name, planned or seen, and each kind in which its events break the plan
-- definition: Events are counted once by id. `events` are those of the name in the period,
--   of all its kinds; `lastSeen` is its latest before the period's end; `violating` of them break the plan in the kind named by `violation`, as the collector
--   marked them when they came. Share: violating over events, with its Wilson interval at 95 %.
--   State: `never_seen` is planned and came at no time before the period's end, `missing` planned and
--   came before the period alone, `seen` planned and came in it, `ready_made` one of Balise's own names
--   that the plan leaves out, `unplanned` any other.
-- caveat: Bots are left out. What came before there was a plan, or while another one was in force, has
--   its marks or none. An enforced plan keeps what it refuses in rejected_events, not here.
SELECT
    event,
    toBool(planned) AS planned,
    toBool(goal) AS goal,
    multiIf(planned AND lastSeen IS NULL, 'never_seen', planned AND events = 0, 'missing', planned, 'seen', readyMade, 'ready_made', 'unplanned') AS state,
    events,
    lastSeen,
    violation,
    violating,
    if(events = 0, NULL, share) AS share,
    if(events = 0, NULL, if(violating = 0, 0, greatest(0, centre - margin))) AS low,
    if(events = 0, NULL, if(violating = events, 1, least(1, centre + margin))) AS high
FROM
(
    SELECT
        *,
        kind.1 AS violation,
        kind.2 AS violating,
        -- Wilson (1927): centre (p + z²/2n) / (1 + z²/n), margin z·√(p(1-p)/n + z²/4n²) / (1 + z²/n).
        1.959963984540054 AS z,
        violating / events AS share,
        (share + z * z / (2 * events)) / (1 + z * z / events) AS centre,
        z * sqrt(share * (1 - share) / events + z * z / (4 * events * events)) / (1 + z * z / events) AS margin
    FROM
    (
        SELECT
            event,
            event IN {planned:Array(String)} AS planned,
            has({goals:Array(UInt16)}, indexOf({planned:Array(String)}, event)) AS goal,
            event IN {readyMade:Array(String)} AS readyMade,
            uniqExactMerge(ids) AS events,
            nullIf(max(last), toDateTime64(0, 3, 'UTC')) AS lastSeen,
            groupArrayIf((broken, count), broken != '') AS kinds
        FROM
        (
            SELECT
                name AS event,
                occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AS within,
                if(within, plan_violation, '') AS broken,
                uniqExactStateIf(id, within) AS ids,
                uniqExactIf(id, within) AS count,
                max(occurred_at) AS last
            FROM events
            WHERE site_id = {site:String}
                AND (within OR name IN {planned:Array(String)})
                AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
                AND NOT bot
            GROUP BY event, within, broken
            UNION ALL
            SELECT
                arrayJoin({planned:Array(String)}) AS event,
                1 AS within,
                '' AS broken,
                arrayReduce('uniqExactState', CAST([], 'Array(UUID)')) AS ids,
                0 AS count,
                toDateTime64(0, 3, 'UTC') AS last
        )
        GROUP BY event
    )
    LEFT ARRAY JOIN arraySort(kind -> (-kind.2, kind.1), kinds) AS kind
)
ORDER BY planned DESC, state, violating DESC, events DESC, event
LIMIT 10000
