-- Leaves out the groups of fewer people than the floor, and says in each row how many these are.
-- The size of a group is the largest that one of its rows tells.
SELECT
    {{columns}},
    withheld
FROM
(
    SELECT
        *,
        uniqExactIf({{key}}, groupSize < {minGroup:UInt32}) OVER () AS withheld
    FROM
    (
        SELECT
            *,
            max({{size}}) OVER (PARTITION BY {{key}}) AS groupSize
        FROM
        (
            SELECT
                *,
                row_number() OVER () AS place
            FROM
            (
                {{answer}}
            )
        )
    )
)
WHERE groupSize >= {minGroup:UInt32}
ORDER BY place
