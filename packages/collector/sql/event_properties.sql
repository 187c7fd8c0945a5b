-- question: Which properties do events carry, of which types, and how often?
-- unit: an event name, a property and a type
-- definition: Events are counted once by id. `events` are all of the name; `looked` those whose
--   properties were looked at: all up to 20,000, of more a share of 10,000 and up, chosen by id;
--   `carrying` of them have the property with the type. Share: carrying over looked, with its Wilson
--   interval at 95 %. What is within an object is not looked at: the object is the property.
-- caveat: Bots are left out. At most 1,000 names, the most frequent; no value of any event is told. A
--   property that few of many events carry may be missed, and one whose own name has a dot looks like
--   an object. Whole properties are unpacked, three seconds a million events: ask for a short period.
WITH
    counted AS
    (
        SELECT
            {{groupField}} AS part,
            name AS counted_name,
            uniqExact(id) AS total,
            uniqExact({{person}}) AS persons,
            greatest(1, intDiv(total, 10000)) AS every
        FROM {{events}}
        WHERE {{where}}
        GROUP BY part, counted_name
        ORDER BY total DESC, part, counted_name
        LIMIT 1000
    )
SELECT
    {{groupKey}}
    event,
    events,
    people,
    looked,
    substring(kind, position(kind, ' ') + 1) AS property,
    substring(kind, 1, position(kind, ' ') - 1) AS type,
    carrying,
    {{share(carrying, looked)}} AS share,
    {{wilsonLow(carrying, looked)}} AS low,
    {{wilsonHigh(carrying, looked)}} AS high
FROM
(
    SELECT
        {{groupKey}}
        event,
        any(total) AS events,
        any(persons) AS people,
        count() AS looked,
        sumMap(kinds, arrayMap(one -> toUInt64(1), kinds)) AS sums
    FROM
    (
        SELECT
            {{groupKey}}
            event,
            id,
            any(total) AS total,
            any(persons) AS persons,
            any(arrayFilter(kind -> NOT startsWith(kind, ' '), arrayDistinct(arrayMap(
                (path, type) -> if(
                    position(path, '.') > 0,
                    concat('object ', substring(path, 1, position(path, '.') - 1)),
                    concat(multiIf(
                        -- An array with objects in it is stored as its JSON text.
                        type = 'String' AND text != '' AND isValidJSON(JSONExtractString(text, path)) AND startsWith(JSONExtractString(text, path), '['), 'array',
                        type = 'String', 'string',
                        type IN ('Int64', 'UInt64'), 'integer',
                        type = 'Float64', 'number',
                        type = 'Bool', 'boolean',
                        startsWith(type, 'Array'), 'array',
                        type = 'None', '',
                        'string'), ' ', path)),
                mapKeys(paths),
                mapValues(paths))))) AS kinds
        FROM
        (
            SELECT
                *,
                JSONAllPathsWithTypes(properties) AS paths,
                toJSONString(properties) AS json,
                if(position(json, '"[') > 0, json, '') AS text
            FROM
            (
                SELECT
                    {{groupSelect}}
                    name AS event,
                    id,
                    properties,
                    counted.total AS total,
                    counted.persons AS persons
                FROM {{events}}
                GLOBAL INNER JOIN counted ON events.name = counted.counted_name AND {{groupField}} = counted.part
                WHERE {{where}}
                    AND cityHash64(id) % counted.every = 0
            )
        )
        GROUP BY {{groupKey}} event, id
    )
    GROUP BY {{groupKey}} event
)
LEFT ARRAY JOIN sums.1 AS kind, sums.2 AS carrying
ORDER BY events DESC, {{groupKey}} event, carrying DESC, property, type
LIMIT 20000
