-- The indicator of one target: a row even where the question has none.
SELECT
    {place:UInt32} AS place,
    {name:String} AS name,
    {question:String} AS question,
    {measure:String} AS measure,
    {better:String} AS better,
    {target:Float64} AS target,
    anyOrNull(own_value) AS value,
    anyOrNull(own_low) AS low,
    anyOrNull(own_high) AS high,
    anyOrNull(own_n) AS n
FROM
(
    SELECT
        toNullable(toFloat64({{value}})) AS own_value,
        toNullable(toFloat64({{low}})) AS own_low,
        toNullable(toFloat64({{high}})) AS own_high,
        toNullable(toUInt64({{n}})) AS own_n
    FROM
    (
        {{answer}}
    )
    WHERE {{row}}
    LIMIT 1
)
