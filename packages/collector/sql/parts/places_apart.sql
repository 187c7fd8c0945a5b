-- The places of every unit's events when no event can match two steps: those of required steps, one
-- millisecond's in the order of the steps.
SELECT
    *,
    arrayMap(
        (e, k) -> bitShiftLeft(bitShiftRight(e, 20), 20) + k * 33,
        matches,
        arrayMap(e -> toUInt64(bitCount(bitAnd(e, 0xFFFFF) - 1) + 1), matches)) AS all,
    arrayFilter(e -> bitAnd(e, 31) <= {{steps}}, all) AS places
FROM
(
    {{units}}
)
