-- question: Which properties do events carry, of which types, and how often?
-- unit: an event name, a property and a type
-- definition: Events are counted once by id. `events` are all of the name; `carrying` of them have the
--   property with the type. What is within an object is not looked at: the object is the property.
-- caveat: Bots are left out. At most 1,000 names, the most frequent; no value of any event is told. The
--   properties of every event of the period are read, so that a long one takes long. A property whose
--   own name has a dot looks like an object.
WITH
    seen AS
    (
        SELECT
            name,
            id,
            any(arrayDistinct(arrayMap(
                (path, type) -> if(
                    position(path, '.') > 0,
                    (substring(path, 1, position(path, '.') - 1), 'object'),
                    (path, multiIf(
                        -- An array with objects in it is stored as its JSON text.
                        type = 'String' AND text != '' AND isValidJSON(JSONExtractString(text, path)) AND startsWith(JSONExtractString(text, path), '['), 'array',
                        type = 'String', 'string',
                        type IN ('Int64', 'UInt64'), 'integer',
                        type = 'Float64', 'number',
                        type = 'Bool', 'boolean',
                        startsWith(type, 'Array'), 'array',
                        type = 'None', '',
                        'string'))),
                mapKeys(paths),
                mapValues(paths)))) AS kinds
        FROM
        (
            SELECT
                name,
                id,
                JSONAllPathsWithTypes(properties) AS paths,
                toJSONString(properties) AS json,
                if(position(json, '"[') > 0, json, '') AS text
            FROM events
            WHERE site_id = {site:String}
                AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
                AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
                AND NOT bot
        )
        GROUP BY name, id
    ),
    names AS
    (
        SELECT name, count() AS events FROM seen GROUP BY name ORDER BY events DESC, name LIMIT 1000
    )
SELECT
    names.name AS event,
    any(names.events) AS events,
    kind.1 AS property,
    kind.2 AS type,
    uniqExact(id) AS carrying
FROM seen
INNER JOIN names ON seen.name = names.name
LEFT ARRAY JOIN kinds AS kind
GROUP BY event, property, type
HAVING type != '' OR property = ''
ORDER BY events DESC, event, carrying DESC, property, type
LIMIT 20000
