arrayMap(
    -- Of the chains that end in the same millisecond, the one that started last.
    moment -> arrayMax((e, s) -> if(bitShiftRight(e, 20) = moment, s, 0), acc.1, acc.2),
    [bitShiftRight(arrayFirst((e, s) -> s != 0, acc.1, acc.2), 20)])[1]
