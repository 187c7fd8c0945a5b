-- The counted chain of every unit where something may not stand between two steps (strict order,
-- exclusions), or where steps are optional. Steps are numbered with the required ones first.
--
-- `mixed` are the places of required steps and, at the end of each millisecond that has one, what
-- stands in the way: `time << 20 | 1 << 19 | ways << 5`, of which those count that `guards` names for
-- the step. So `barriers` tell of every place the last moment before its own of what stands in the way
-- between the step before and it. A pass keeps at each place the latest start that has reached the
-- step and the place where it did (the later both, the more can follow), and drops what no later step
-- can use. `open` goes back from the end: the places of each step from which the end can be reached.
-- Then the chain is read off forwards: each step at the first place that leads to the end, an optional
-- one where it leaves room for that.
-- One column at a time: the names of expressions that hold each other grow beyond measure.
WITH
    counted AS
    (
        {{units}}
    ),
    with_mixed AS
    (
        SELECT
            *,
            {{group}} AS grp,
            {{carried}} AS carried,
            arraySort(arrayConcat(
                places,
                arrayMap(
                    b -> bitShiftLeft(bitShiftRight(b, 20), 20) + 524288 + bitShiftLeft(bitAnd(b, 0x3FFF), 5),
                    blocks))) AS mixed
        FROM counted
    ),
    with_barriers AS
    (
        SELECT
            *,
            arrayFilter(e -> bitAnd(e, 31) != 0, mixed) AS x,
            arrayFilter((b, e) -> bitAnd(e, 31) != 0, {{barriers}}, mixed) AS barriers
        FROM with_mixed
    ),
    with_ways AS
    (
        SELECT
            *,
            arrayFold(
                (acc, k) -> arrayMap(
                    (places, reached, after) -> (
                        places,
                        arrayFill(s -> s != 0, reached),
                        arrayFill(q -> q != 0, arrayMap((e, s) -> if(s != 0, e, 0), places, reached)),
                        after,
                        arrayPushBack(acc.5, arrayMap(
                            -- Of the chains that end in the same millisecond, the one that started last.
                            moment -> (arrayMax((e, s) -> if(bitShiftRight(e, 20) = moment, s, 0), acc.1, acc.2), moment),
                            [bitShiftRight(arrayFirst((e, s) -> s != 0, acc.1, acc.2), 20)])[1])),
                    [arrayFilter((e, s) -> s != 0 AND bitAnd(e, 31) >= k, acc.1, acc.2)],
                    [arrayMap(
                        (e, s, q, barrier) -> if(
                            bitAnd(e, 31) = k
                                AND bitShiftRight(e, 20) - bitShiftRight(s, 20) <= {{window}}
                                AND bitShiftRight(q, 20) >= barrier,
                            s,
                            0),
                        arrayFilter((e, s) -> s != 0 AND bitAnd(e, 31) >= k, acc.1, acc.2),
                        arrayFilter((s, e) -> s != 0 AND bitAnd(e, 31) >= k, acc.2, acc.1),
                        arrayFilter((q, s, e) -> s != 0 AND bitAnd(e, 31) >= k, acc.3, acc.2, acc.1),
                        arrayFilter((b, s, e) -> s != 0 AND bitAnd(e, 31) >= k, acc.4, acc.2, acc.1))],
                    [arrayFilter((b, s, e) -> s != 0 AND bitAnd(e, 31) >= k, acc.4, acc.2, acc.1)])[1],
                CAST(range(2, {{required}} + 2), 'Array(UInt8)'),
                (
                    x,
                    arrayFill(s -> s != 0, arrayMap(e -> if(bitAnd(e, 31) = 1, e, 0), x)),
                    arrayFill(s -> s != 0, arrayMap(e -> if(bitAnd(e, 31) = 1, e, 0), x)),
                    barriers,
                    CAST([], 'Array(Tuple(UInt64, UInt64))'))
            ).5 AS ways
        FROM with_barriers
    ),
    with_depth AS
    (
        SELECT
            *,
            toUInt8(arrayCount(w -> w.1 != 0, ways)) AS depth
        FROM with_ways
        WHERE depth > 0
    ),
    with_ends AS
    (
        SELECT
            *,
            ways[depth].1 AS first,
            ways[depth].2 AS last
        FROM with_depth
    ),
    with_within AS
    (
        SELECT
            *,
            arrayFilter(e -> e >= first AND bitShiftRight(e, 20) <= last, x) AS within,
            arrayFilter((b, e) -> e >= first AND bitShiftRight(e, 20) <= last, barriers, x) AS withinBarriers
        FROM with_ends
    ),
    with_open AS
    (
        SELECT
            *,
            arrayFold(
                (acc, k) -> arrayMap(
                    places -> (
                        places,
                        arrayMap((e, barrier) -> if(e != 0, barrier + 1, 0), places, withinBarriers),
                        arrayPushFront(acc.3, arrayFilter(e -> e != 0, places))),
                    [arrayMap(
                        (e, next, barrier) -> if(
                            bitAnd(e, 31) = k
                                AND if(
                                    k = depth,
                                    bitShiftRight(e, 20) = last,
                                    next != 0 AND barrier <= bitShiftRight(e, 20) + 1),
                            e,
                            0),
                        within,
                        arrayReverseFill(e -> e != 0, acc.1),
                        arrayReverseFill(b -> b != 0, acc.2))])[1],
                CAST(arrayReverse(range(2, depth + 1)), 'Array(UInt8)'),
                (within, within, CAST([], 'Array(Array(UInt64))'))
            ).3 AS open
        FROM with_within
    )
SELECT
    side,
    unit,
    grp,
    carried,
    -- acc: place of the last required step; the next step's earliest moment; the last step's moment; moments.
    arrayFold(
        (acc, item) -> arrayMap(
            barrier -> if(
                item.1 = 0,
                arrayMap(
                    moment -> if(
                        moment = 0,
                        (acc.1, acc.2, acc.3, arrayPushBack(acc.4, toUInt64(0))),
                        -- An event that matches several steps has its millisecond to itself.
                        (acc.1, bitShiftRight(moment, 1) + bitAnd(moment, 1), bitShiftRight(moment, 1), arrayPushBack(acc.4, bitShiftRight(moment, 1)))),
                    arrayMap(
                        latest -> arrayMin(arrayFilter(m -> m != 0, arrayMap(
                            e -> if(
                                bitTest(e, item.2 - 1)
                                    AND bitShiftRight(e, 20) >= acc.2
                                    AND if(
                                        bitCount(bitAnd(e, 0xFFFFF)) = 1,
                                        bitShiftRight(e, 20) <= latest,
                                        bitShiftRight(e, 20) > acc.3 AND bitShiftRight(e, 20) < latest + (item.3 > depth)),
                                bitShiftLeft(bitShiftRight(e, 20), 1) + (bitCount(bitAnd(e, 0xFFFFF)) != 1),
                                0),
                            matches))),
                        [if(
                            item.3 > depth,
                            bitShiftRight(first, 20) + {{window}},
                            bitShiftRight(arrayLast(
                                e -> e > acc.1 AND (barrier = 0 OR bitShiftRight(e, 20) <= barrier),
                                open[item.3 - 1]), 20))]))[1],
                arrayMap(
                    e -> (e, bitShiftRight(e, 20), bitShiftRight(e, 20), arrayPushBack(acc.4, bitShiftRight(e, 20))),
                    [if(
                        item.1 = 1,
                        first,
                        arrayFirst(
                            e -> e > acc.1
                                AND bitShiftRight(e, 20) >= acc.2
                                AND (barrier = 0 OR bitShiftRight(e, 20) <= barrier),
                            open[item.1 - 1]))])[1]),
            -- What stands in the way of the next required step, first.
            [bitShiftRight(
                arrayFirst(
                    b -> bitAnd(bitAnd(b, 0x3FFF), {{guards}}[item.3]) != 0
                        AND bitShiftRight(b, 20) > bitShiftRight(acc.1, 20),
                    blocks),
                20)])[1],
        arrayFilter(item -> if(item.1 = 0, item.3 - 1, item.1) <= depth, {{items}}),
        (toUInt64(0), toUInt64(0), toUInt64(0), CAST([], 'Array(UInt64)'))
    ).4 AS moments,
    moments[1] AS start
FROM with_open
