SELECT
    {{unit}} AS unit,
    id,
    toUnixTimestamp64Milli(occurred_at) AS moment,
    {{what}} AS what
FROM {{events}}
WHERE {{where}}
