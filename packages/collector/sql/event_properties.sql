-- question: Which properties do events carry, of which types, and how often?
-- unit: an event name, a property and a type
-- definition: Events are counted once by id. `events` are all of the name; `looked` those whose
--   properties were looked at: all up to 20,000, of more a share of 10,000 and up, chosen by id;
--   `carrying` of them have the property with the type. What is within an object is not looked at: the
--   object is the property.
-- caveat: Bots are left out. At most 1,000 names, the most frequent; no value of any event is told. A
--   property that few of many events carry may be missed, and one whose own name has a dot looks like
--   an object. Whole properties are unpacked, three seconds a million events: ask for a short period.
WITH
    names AS
    (
        SELECT name, uniqExact(id) AS total, greatest(1, intDiv(total, 10000)) AS every
        FROM events
        WHERE site_id = {site:String}
            AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
            AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
            AND NOT bot
        GROUP BY name
        ORDER BY total DESC, name
        LIMIT 1000
    )
SELECT
    event,
    events,
    looked,
    substring(kind, position(kind, ' ') + 1) AS property,
    substring(kind, 1, position(kind, ' ') - 1) AS type,
    carrying
FROM
(
    SELECT
        name AS event,
        any(total) AS events,
        count() AS looked,
        sumMap(kinds, arrayMap(one -> toUInt64(1), kinds)) AS sums
    FROM
    (
        SELECT
            name,
            id,
            any(total) AS total,
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
                name,
                id,
                total,
                JSONAllPathsWithTypes(properties) AS paths,
                toJSONString(properties) AS json,
                if(position(json, '"[') > 0, json, '') AS text
            FROM
            (
                SELECT e.name AS name, e.id AS id, e.properties AS properties, names.total AS total
                FROM events AS e
                GLOBAL INNER JOIN names ON e.name = names.name
                WHERE e.site_id = {site:String}
                    AND e.occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
                    AND e.occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
                    AND NOT e.bot
                    AND cityHash64(e.id) % names.every = 0
            )
        )
        GROUP BY name, id
    )
    GROUP BY event
)
LEFT ARRAY JOIN sums.1 AS kind, sums.2 AS carrying
ORDER BY events DESC, event, carrying DESC, property, type
LIMIT 20000
