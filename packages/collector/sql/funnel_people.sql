-- question: Who got to a step of a funnel, or dropped off before it?
-- unit: a person (identity known when asked), a session or an account
-- definition: The counted chain of each unit is that of the question funnel. Converted: it has the
--   step. Dropped: it has the required step before, and not the step. `lastStep` is the last step
--   that it has, `at` the moment of it. An id is the team's own id of the user where one is known,
--   else the anonymous id of a device; or that of the session or the account. Those of a sample by
--   hash: whoever is in it is in it again when asked again.
-- caveat: Bots are left out. For looking at cases, not for counting: the funnel counts.
SELECT
    {{id}} AS id,
    {{kind}} AS kind,
    toUInt8(arrayLastIndex(m -> m != 0, moments)) AS lastStep,
    fromUnixTimestamp64Milli(toInt64(moments[lastStep]), 'UTC') AS at
FROM
(
    SELECT unit, carried, moments
    FROM
    (
        {{chains}}
    )
    WHERE {{chosen}}
    ORDER BY cityHash64(unit, 'sample'), unit
    LIMIT {{limit}}
) AS units
{{names}}
ORDER BY at DESC, id
