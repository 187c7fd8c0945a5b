-- question: On which pages do people struggle?
-- unit: a page: its name where the team gave one, else its path
-- definition: What the tag's instruments tell of it: rage clicks, dead clicks, errors of scripts, visits that
--   go back at once (back_and_forth), and forms sent again in the same session. `signals` is their sum, also
--   per 1,000 page views; peopleHit are the people with at least one, of all whom the page has seen (Wilson
--   95 %).
-- caveat: Bots are left out. A form sent without a session, as by a server, is no retry. An instrument that a page does not start tells nothing of it. Not every signal
--   is a trouble: some things are clicked again and again for fun.
SELECT
    {{groupKey}}
    page,
    countIf(name = 'page_view') AS views,
    uniqExact(person) AS people,
    countIf(name = 'rage_click') AS rageClicks,
    countIf(name = 'dead_click') AS deadClicks,
    countIf(name = 'js_error') AS errors,
    countIf(name = 'back_and_forth') AS backAndForths,
    countIf(again) AS formRetries,
    rageClicks + deadClicks + errors + backAndForths + formRetries AS signals,
    if(views = 0, NULL, 1000 * signals / views) AS signalsPerThousandViews,
    uniqExactIf(person, again OR name NOT IN ('page_view', 'form_submit')) AS peopleHit,
    {{share(peopleHit, people)}} AS hitShare,
    {{wilsonLow(peopleHit, people)}} AS hitLow,
    {{wilsonHigh(peopleHit, people)}} AS hitHigh
FROM
(
    SELECT
        *,
        name = 'form_submit' AND session_id != toUUID('00000000-0000-0000-0000-000000000000') AND row_number() OVER (PARTITION BY name, session_id, form ORDER BY occurred_at, id) > 1 AS again
    FROM
    (
        SELECT DISTINCT
            {{groupSelect}}
            name,
            id,
            occurred_at,
            session_id,
            if(page_name != '', page_name, page_path) AS page,
            if(name = 'form_submit', ifNull(toString(properties.form), ''), '') AS form,
            {{person}} AS person
        FROM {{events}}
        WHERE {{where}} AND name IN ('page_view', 'rage_click', 'dead_click', 'js_error', 'back_and_forth', 'form_submit')
    )
)
GROUP BY {{groupKey}} page
ORDER BY {{groupKey}} signals DESC, views DESC, page
LIMIT {limit:UInt32}
