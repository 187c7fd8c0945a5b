-- The places of every unit's events when an event may match several steps: it serves one step of a
-- chain, and events of the same millisecond are taken in any order.
--
-- Each millisecond's events become steps in an order in which one pass finds every chain: for each
-- step j from the last to the first, the longest run j+1, j+2, … that distinct events of that
-- millisecond can serve. Going down keeps a run from standing on a step of its own millisecond that
-- it has no event for. `used` are sets of events, as bits; of equal events the first unused is taken.
SELECT
    *,
    -- The bits of the steps that a chain must have; those of optional ones come behind them.
    arraySort(arrayFilter(
        e -> bitAnd(e, 0xFFFFF) != 0,
        arrayMap(e -> bitAnd(e, bitOr(bitNot(toUInt64(0xFFFFF)), bitShiftLeft(toUInt64(1), {{steps}}) - 1)), matches))) AS serving,
    -- Of equal events no more can serve than they match steps: 63 bits hold what is left, unless
    -- many steps match many combinations, which the first of them decide.
    arrayMap(
        g -> arraySlice(arrayFilter((e, n) -> n <= bitCount(bitAnd(e, 0xFFFFF)), g, arrayEnumerateUniq(g)), 1, 63),
        arraySplit(
            (e, d) -> d != 0,
            serving,
            arrayDifference(arrayMap(e -> bitShiftRight(e, 20), serving)))) AS ties,
    arrayFlatten(arrayMap(
        g -> arrayMap(
            (k, position) -> toUInt64(bitShiftLeft(bitShiftRight(g[1], 20), 20) + position * 32 + k),
            if(
                length(g) = 1,
                arrayMap(b -> toUInt8(b + 1), arrayReverse(bitPositionsToArray(toUInt32(bitAnd(g[1], 0xFFFFF))))),
                arrayFlatten(arrayMap(
                    j -> arraySlice(
                        arrayFold(
                            (acc, l) -> (
                                arraySlice(arrayDistinct(arrayFlatten(arrayMap(
                                    used -> arrayMap(
                                        i -> bitOr(used, bitShiftLeft(toUInt64(1), i)),
                                        arrayFilter(
                                            i -> bitTest(g[i + 1], l - 1)
                                                AND NOT bitTest(used, i)
                                                AND (i = 0 OR g[i + 1] != g[i] OR bitTest(used, greatest(i, 1) - 1)),
                                            CAST(range(length(g)), 'Array(UInt8)'))),
                                    acc.1))), 1, 4096),
                                if(empty(acc.1), acc.2, arrayPushBack(acc.2, toUInt8(l - 1)))
                            ),
                            CAST(range(j + 1, {{steps}} + 2), 'Array(UInt8)'),
                            ([toUInt64(0)], CAST([], 'Array(UInt8)'))
                        ).2,
                        2),
                    CAST(arrayReverse(range({{steps}})), 'Array(UInt8)')))) AS run,
            arrayEnumerate(run)),
        ties)) AS places
FROM
(
    {{units}}
)
