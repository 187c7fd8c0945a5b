-- The counted chain of every unit, steps in order with anything between them. Every unit is one
-- sorted array of places, `time << 20 | order << 5 | step`, and every step one pass over all arrays:
-- the second array holds, at each place, the start of the latest chain that has reached the step so
-- far. A pass drops what no later step can use: places of steps behind it, and places before the
-- first that it reached. So the arrays shrink as people drop out, and steps that nobody reaches cost
-- nothing.
-- One column at a time: the names of expressions that hold each other grow beyond measure, and with
-- them the time that it takes to plan.
WITH
    counted AS
    (
        {{units}}
    ),
    with_x AS
    (
        SELECT
            *,
            -- Equal places cannot change a chain: copies not merged yet must not be carried through each step.
            arrayCompact(arraySort(places)) AS x
        FROM counted
    ),
    with_starts AS
    (
        SELECT
            *,
            arrayFold(
                (acc, k) -> (
                    arrayFilter((e, s) -> s != 0 AND bitAnd(e, 31) >= k, acc.1, acc.2),
                    arrayFill(
                        s -> s != 0,
                        arrayMap(
                            (e, s) -> if(
                                bitAnd(e, 31) = k AND bitShiftRight(e, 20) - bitShiftRight(s, 20) <= {{window}},
                                s,
                                0),
                            arrayFilter((e, s) -> s != 0 AND bitAnd(e, 31) >= k, acc.1, acc.2),
                            arrayFilter((s, e) -> s != 0 AND bitAnd(e, 31) >= k, acc.2, acc.1))),
                    arrayPushBack(acc.3, {{start}})
                ),
                CAST(range(2, {{steps}} + 2), 'Array(UInt8)'),
                (
                    x,
                    arrayFill(s -> s != 0, arrayMap(e -> if(bitAnd(e, 31) = 1, e, 0), x)),
                    CAST([], 'Array(UInt64)')
                )
            ).3 AS starts
        FROM with_x
    ),
    with_depth AS
    (
        SELECT
            *,
            length(starts) - countEqual(starts, 0) AS depth
        FROM with_starts
        WHERE depth > 0
    ),
    with_chain AS
    (
        SELECT
            *,
            arrayFold(
                (acc, k) -> arrayPushBack(acc, arrayFirst(e -> bitAnd(e, 31) = k AND e > acc[-1], x)),
                CAST(range(2, depth + 1), 'Array(UInt8)'),
                [starts[depth]]
            ) AS chain
        FROM with_depth
    )
SELECT
    side,
    unit,
    {{group}} AS grp,
    {{carried}} AS carried,
    arrayMap(e -> bitShiftRight(e, 20), chain) AS moments,
    moments[1] AS start
FROM with_chain
