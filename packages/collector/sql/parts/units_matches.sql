-- The events of every unit, one number an event: `time << 20 | steps that it matches, as bits`; and
-- what stands in the way, `time << 20 | ways`, the exclusions that it matches as bits.
SELECT
    unit,
    {{matches}} AS matches,
    arrayCompact(arraySort(blocked)) AS blocks{{entries}}
FROM
(
    SELECT
        {{unit}} AS unit,
        {{gathered}} AS gathered,
        {{blocked}} AS blocked{{entry}}
    FROM {{events}}
    WHERE {{where}}
    GROUP BY unit
)
