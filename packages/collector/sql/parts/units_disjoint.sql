-- The places of every unit, or device, when no event can match two steps: one number an event, in its order of
-- time and step. Repeated events change nothing here, so their ids need not be read.
SELECT
    {{actor}} AS {{as}},
    groupArray(toUInt64(bitShiftLeft(toUInt64(toUnixTimestamp64Milli(occurred_at)), 20) + {{step}} * 33)) AS places{{entry}}
FROM {{events}}
WHERE {{where}}
GROUP BY {{as}}
