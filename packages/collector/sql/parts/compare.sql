-- Two answers side by side: rows meet by their keys.
SELECT
    {{columns}}
FROM
(
    SELECT
        *,
        true AS present,
        row_number() OVER () AS place{{keys}}
    FROM
    (
        {{answer}}
    )
) AS a
GLOBAL {{join}} JOIN
(
    SELECT
        *,
        true AS present,
        row_number() OVER () AS place{{otherKeys}}
    FROM
    (
        {{other}}
    )
) AS b ON {{on}}
ORDER BY a.present DESC, a.place, b.place
