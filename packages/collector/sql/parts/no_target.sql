-- What `parts/target.sql` answers, without a row.
SELECT
    toUInt32(0) AS place,
    '' AS name,
    '' AS question,
    '' AS measure,
    '' AS better,
    toFloat64(0) AS target,
    CAST(NULL AS Nullable(Float64)) AS value,
    CAST(NULL AS Nullable(Float64)) AS low,
    CAST(NULL AS Nullable(Float64)) AS high,
    CAST(NULL AS Nullable(UInt64)) AS n
WHERE false
