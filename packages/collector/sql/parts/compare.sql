-- Two answers side by side: rows meet by their keys. The interval of a difference is Newcombe's hybrid
-- of the two intervals (Statistics in Medicine 17, 1998, method 10), which for means and scores is
-- MOVER (Zou & Donner, Statistics in Medicine 27, 2008):
--   d - √((a - a.low)² + (b.high - b)²) … d + √((a.high - a)² + (b - b.low)²).
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
