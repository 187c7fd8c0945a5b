-- Devices of which the user is known become that person: what was done before logging in counts.
SELECT
    {{person}} AS unit,
    groupArrayArray(actors.places) AS places{{entries}}
FROM
(
    {{actors}}
) AS actors
LEFT JOIN
(
    {{knownDevices}}
) AS known ON actors.actor = known.device_key
GROUP BY unit
