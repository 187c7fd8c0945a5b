-- question: How many get from the first step to the last, and how long do they take?
-- unit: a person (identity known when asked), a session or an account
-- definition: A chain is a choice of distinct events, one for each required step 1…k, the last at
--   most `window` after the first. A unit reaches step k when it has one. Ordered: the events are in
--   the order of the steps; those of one millisecond may be taken in any order. Strict: ordered, and
--   no event that matches a required step or an exclusion stands between two consecutive required
--   steps; unordered: in any order. Between two events means later than the one and earlier than the
--   other: what shares the millisecond of either is not between them. Exclusions: a chain that has an
--   event of one between two consecutive required steps, from the first step named by `between` to
--   the second (of any two if none are named; unordered, between its first event and its last), does
--   not count past it; another chain of the same unit may. Of all chains that reach its deepest
--   required step, a unit's counted one is that which ends first, from its latest start, each step at
--   its soonest. An optional step counts when an event of the counted chain can serve it, in its place
--   in the order, without changing how the chain starts, ends or what it reaches; an event that
--   matches other steps as well serves it only in a millisecond without another event of the chain,
--   and unordered not at all; unordered, it may come anywhere in the window.
--   Share of previous is of the previous required step. Interval: Wilson 95 %.
--   Broken down, a unit belongs to the group of its first event of the first step in the period,
--   whatever came later; a day or a week is UTC, a week starts on Monday.
--   Compared, the difference is that of the shares of the first step, with Newcombe's hybrid score
--   interval (1998, method 10).
--   Goal value: the value of the counted chain's event of the last step (unordered: the first event of
--   it since the chain's start; of several in one millisecond that with the lowest id), by currency;
--   interval of the mean: normal, 95 %.
-- caveat: Bots are left out. Times are those of the units that reached the step, in seconds, from the
--   previous required step and from the start; unordered, a step's moment is that at which it and all
--   before it were done; of an even number of them the median lies between the two in the middle. The
--   interval of a difference takes the two sides for independent: who is in both makes it too wide.
WITH
    chains AS
    (
        {{chains}}
    ),
    totals AS
    (
        SELECT
            {{groupSelect}}
            arrayResize(sumForEach{{own}}(arrayMap(m -> toUInt64(m != 0), moments){{isOwn}}), {{steps}}, 0) AS reached,
            {{otherTotals}}
            {{goalTotals}}
            arrayResize(quantilesExactInclusiveForEach{{own}}(0.5, 0.9)({{between}}{{isOwn}}), {{steps}}, []) AS between,
            arrayResize(quantilesExactInclusiveForEach{{own}}(0.5, 0.9)({{total}}{{isOwn}}), {{steps}}, []) AS total
        FROM chains
        {{groupBy}}
    )
SELECT
    {{groupResult}}
    step,
    {{names}}[step] AS name,
    reached[step] AS people,
    {{share(people, n)}} AS shareOfFirst,
    if(step = 1, if(n = 0, NULL, 1), if(reached[{{previous}}] = 0, NULL, people / reached[{{previous}}])) AS shareOfPrevious,
    {{wilsonLow(people, n)}} AS low,
    {{wilsonHigh(people, n)}} AS high,
    if(step = 1 OR people = 0, NULL, round(between[step][1], 4)) AS medianSeconds,
    if(step = 1 OR people = 0, NULL, round(between[step][2], 4)) AS p90Seconds,
    if(step = 1 OR people = 0, NULL, round(total[step][1], 4)) AS medianTotalSeconds,
    if(step = 1 OR people = 0, NULL, round(total[step][2], 4)) AS p90TotalSeconds{{otherResult}}{{goalResult}}
FROM
(
    SELECT
        *,
        step,
        reached[1] AS n{{otherSize}}
    FROM totals
    ARRAY JOIN range(1, {{steps}} + 1) AS step
)
ORDER BY {{order}}step
