-- The counted chain of every unit, steps in any order. Steps are numbered with the required ones
-- first. Steps 1…k have an event each between a start and an end when every set of them that events
-- may share has at least as many events there as steps (Hall 1935): so the latest start of steps 1…k
-- before an end is the earliest of the moments at which, going back, a set has enough.
--
-- `sets` are those sets by their last step, each repeated once for every step in it: `(steps as bits,
-- first round, last round, last of its step)`. `x` holds events as `time << 21 | steps` and what is
-- excluded, at the end of its millisecond, as `time << 21 | 1 << 20`.
SELECT
    side,
    unit,
    grp,
    carried,
    start,
    arrayFold(
        (acc, s) -> arrayMap(
            moment -> (
                if(s.4, arrayPushBack(acc.1, moment), acc.1),
                moment),
            [greatest(
                acc.2,
                bitShiftRight(arrayFilter(e -> bitAnd(e, s.1) != 0 AND bitShiftRight(e, 21) >= start, x)[bitCount(s.1)], 21))])[1],
        arrayFilter(s -> s.3 AND s.5 <= depth, {{sets}}),
        (CAST([], 'Array(UInt64)'), toUInt64(0))
    ).1 AS dones,
    arrayMap(
        item -> if(
            item.1 != 0,
            dones[item.1],
            arrayMap(
                moment -> if(moment = 0, 0, greatest(moment, dones[item.3 - 1])),
                [bitShiftRight(
                    arrayFirst(
                        e -> bitAnd(e, 0x1FFFFF) = bitShiftLeft(1, item.2 - 1)
                            AND bitShiftRight(e, 21) BETWEEN start AND start + {{window}},
                        x),
                    21)])[1]),
        arrayFilter(item -> if(item.1 = 0, item.3 - 1, item.1) <= depth, {{items}})) AS moments
FROM
(
    SELECT
        *,
        -- acc: at each place, the moment at which the set had enough; the latest start; starts of each step.
        arrayFold(
            (acc, s) -> arrayMap(
                enough -> arrayMap(
                    latest -> (
                        enough,
                        latest,
                        if(
                            s.4,
                            arrayPushBack(acc.3, arrayMap(
                                reached -> arrayMap(
                                    end -> arrayMax((e, m) -> if(bitShiftRight(e, 21) = end, m, 0), x, reached),
                                    [bitShiftRight(arrayFirst((e, m) -> m != 0, x, reached), 21)])[1],
                                [arrayMap(
                                    (e, m, barrier) -> if(
                                        bitAnd(e, 0xFFFFF) != 0
                                            AND bitShiftRight(e, 21) - m <= {{window}}
                                            AND m >= barrier,
                                        m,
                                        0),
                                    x,
                                    latest,
                                    barriers)])[1]),
                            acc.3)),
                    [if(s.3, arrayMap((a, b) -> least(a, b), acc.2, enough), acc.2)])[1],
                [arrayFill(
                    t -> t != 0,
                    arrayMap(
                        (e, before) -> if(bitAnd(e, s.1) = 0, 0, if(s.2, bitShiftRight(e, 21), before)),
                        x,
                        arrayShiftRight(acc.1, 1)))])[1],
            {{sets}},
            (arrayMap(e -> toUInt64(0), x), arrayMap(e -> bitShiftRight(e, 21), x), CAST([], 'Array(UInt64)'))
        ).3 AS starts,
        length(starts) - countEqual(starts, 0) AS depth,
        starts[depth] AS start
    FROM
    (
        SELECT
            *,
            {{group}} AS grp,
            {{carried}} AS carried,
            arraySort(arrayConcat(
                arrayMap(e -> bitShiftLeft(bitShiftRight(e, 20), 21) + bitAnd(e, 0xFFFFF), matches),
                arrayMap(b -> bitShiftLeft(bitShiftRight(b, 20), 21) + 1048576, blocks))) AS x,
            arrayFill(t -> t != 0, arrayMap(e -> if(bitAnd(e, 0xFFFFF) = 0, bitShiftRight(e, 21), 0), x)) AS barriers
        FROM
        (
            {{units}}
        )
    )
    WHERE depth > 0
)
