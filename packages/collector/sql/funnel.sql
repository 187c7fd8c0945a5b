-- question: How many get from the first step to the last, and how long do they take?
-- unit: a person (identity known when asked), a session or an account
-- definition: A unit reaches step k when it has distinct events that match steps 1…k, in the order of
--   time, the last at most `window` after the first. Events of the same millisecond may be taken in
--   any order. Of all ways to reach its deepest step, a unit's times are those of the one that ends
--   first, from its latest start. Interval: Wilson 95 %.
--   Broken down, a unit belongs to the group of its first event of the first step in the period,
--   whatever came later; a day or a week is UTC, a week starts on Monday. A trait is the latest that
--   the person's events gave for it until the end of the period.
-- caveat: Bots are left out. Times between steps are those of the units that reached the step, in
--   seconds; of an even number of them the median lies between the two in the middle.
--
-- Every unit becomes one sorted array of numbers, `time << 20 | order << 5 | step`, and every step
-- one pass over all arrays: `reach` holds, at each place, the start of the latest chain that has
-- reached the step so far. That is what windowFunnel keeps, for all units at once.
-- The parts in double braces come from query/funnel/build.ts.
WITH
    chains AS
    (
        SELECT
            {{group}} AS grp,
            -- Equal places cannot change a chain: copies not merged yet must not be carried through each step.
            arrayCompact(arraySort(places)) AS x,
            arrayFold(
                (acc, k) -> (
                    arrayFill(
                        s -> s != 0,
                        arrayMap(
                            (e, s) -> if(
                                bitAnd(e, 31) = k AND s != 0 AND bitShiftRight(e, 20) - bitShiftRight(s, 20) <= {{window}},
                                if(k = 1, e, s),
                                0),
                            x,
                            acc.1)),
                    if(k = 1, acc.2, arrayPushBack(acc.2, arrayMap(
                        -- Of the chains that end in the same millisecond, the one that started last.
                        first -> arrayMax((e, s) -> if(bitShiftRight(e, 20) = first, s, 0), x, acc.1),
                        [bitShiftRight(arrayFirst((e, s) -> s != 0, x, acc.1), 20)])[1]))
                ),
                CAST(range(1, {{steps}} + 2), 'Array(UInt8)'),
                (x, CAST([], 'Array(UInt64)'))
            ).2 AS starts,
            length(starts) - countEqual(starts, 0) AS depth,
            arrayFold(
                (acc, k) -> arrayPushBack(acc, arrayFirst(e -> bitAnd(e, 31) = k AND e > acc[-1], x)),
                CAST(range(2, depth + 1), 'Array(UInt8)'),
                [starts[depth]]
            ) AS chain,
            arrayMap(e -> bitShiftRight(e, 20), chain) AS times
        FROM
        (
            {{units}}
        )
        WHERE depth > 0
    ),
    totals AS
    (
        SELECT
            {{groupSelect}}
            arrayResize(sumForEach(arrayMap(t -> toUInt64(1), times)), {{steps}}, 0) AS reached,
            arrayResize(quantilesExactInclusiveForEach(0.5, 0.9)(arrayMap(d -> d / 1000, arrayDifference(times))), {{steps}}, []) AS between,
            arrayResize(quantilesExactInclusiveForEach(0.5, 0.9)(arrayMap(t -> (t - times[1]) / 1000, times)), {{steps}}, []) AS total
        FROM chains
        {{groupBy}}
    )
SELECT
    {{groupResult}}
    step,
    {{names}}[step] AS name,
    reached[step] AS people,
    if(n = 0, NULL, people / n) AS shareOfFirst,
    if(step = 1, if(n = 0, NULL, 1), if(reached[step - 1] = 0, NULL, people / reached[step - 1])) AS shareOfPrevious,
    if(n = 0, NULL, if(people = 0, 0, greatest(0, centre - margin))) AS low,
    if(n = 0, NULL, if(people = n, 1, least(1, centre + margin))) AS high,
    if(step = 1 OR people = 0, NULL, round(between[step][1], 4)) AS medianSeconds,
    if(step = 1 OR people = 0, NULL, round(between[step][2], 4)) AS p90Seconds,
    if(step = 1 OR people = 0, NULL, round(total[step][1], 4)) AS medianTotalSeconds,
    if(step = 1 OR people = 0, NULL, round(total[step][2], 4)) AS p90TotalSeconds
FROM
(
    SELECT
        *,
        step,
        -- Wilson (1927): centre (p + z²/2n) / (1 + z²/n), margin z·√(p(1-p)/n + z²/4n²) / (1 + z²/n).
        1.959963984540054 AS z,
        reached[1] AS n,
        reached[step] / n AS p,
        (p + z * z / (2 * n)) / (1 + z * z / n) AS centre,
        z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n) AS margin
    FROM totals
    ARRAY JOIN range(1, {{steps}} + 1) AS step
)
ORDER BY {{order}}step
