arrayFold(
    (acc, k) -> arrayMap((e, own, known) -> if(bitAnd(e, 31) = k, own, known), mixed, {{barriers}}, acc),
    CAST(range(2, {{required}} + 1), 'Array(UInt8)'),
    arrayMap(e -> toUInt64(0), mixed))
