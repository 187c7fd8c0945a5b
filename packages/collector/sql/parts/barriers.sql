arrayFill(
    t -> t != 0,
    arrayMap(
        e -> if(bitAnd(e, 31) = 0 AND bitAnd(bitAnd(bitShiftRight(e, 5), 0x3FFF), {{guard}}) != 0, bitShiftRight(e, 20), 0),
        mixed))
