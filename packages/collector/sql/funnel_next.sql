-- question: What did those who dropped off before a step of a funnel do next?
-- unit: a person (identity known when asked), a session or an account
-- definition: Dropped is as in the question funnel_people. Next is the first event later than the
--   last step of the counted chain and at most `within` after it: its name, or the page of the first
--   page view; none where nothing followed. Share: of all who dropped off, with Wilson's 95 % interval.
--   Seconds: the median from the last step to it.
-- caveat: Bots are left out. Filters say who is counted, not what they did next; the end of the period
--   is not the end of what followed.
SELECT
    next,
    people,
    dropped,
    share,
    greatest(0, centre - margin) AS low,
    if(people = dropped, 1, least(1, centre + margin)) AS high,
    medianSeconds
FROM
(
    SELECT
        if(followed, what, NULL) AS next,
        count() AS people,
        sum(people) OVER () AS dropped,
        people / dropped AS share,
        if(followed, round(quantileExactInclusive(0.5)(waited / 1000), 4), NULL) AS medianSeconds,
        1.959963984540054 AS z,
        (share + z * z / (2 * dropped)) / (1 + z * z / dropped) AS centre,
        z * sqrt(share * (1 - share) / dropped + z * z / (4 * dropped * dropped)) / (1 + z * z / dropped) AS margin
    FROM
    (
        SELECT
            lost.unit AS who,
            countIf((events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) > 0 AS followed,
            argMinIf(events.what, (events.moment, events.id), (events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) AS what,
            minIf(events.moment - lost.moment, (events.moment > lost.moment AND events.moment <= lost.moment + {{within}})) AS waited
        FROM
        (
            {{events}}
        ) AS events
        GLOBAL RIGHT JOIN
        (
            SELECT unit, toInt64(arrayMax(moments)) AS moment
            FROM
            (
                {{chains}}
            )
            WHERE {{chosen}}
        ) AS lost ON events.unit = lost.unit
        GROUP BY who
    )
    GROUP BY followed, what
)
ORDER BY people DESC, next
LIMIT {{limit}}
