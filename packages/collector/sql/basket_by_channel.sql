-- question: How much do people of each acquisition channel spend on an order?
-- unit: an order: an event of the given names in the period that has a value
-- definition: Events with the same property orderId are one order, however often and by whom it is told;
--   its value is that of the latest, its moment that of the first. Each order is counted for one touch of
--   its person: the first ever, or the last before the order; a touch is the first event of a session
--   that tells an acquisition channel. Basket: mean value of an order, each currency apart. Filters and
--   groups look at the events of orders. Interval: Student 95 %.
-- caveat: Bots are left out; the empty channel is of people without a touch. A few large orders move the
--   mean: read the median beside it. Events that are no longer kept are no touch.
SELECT
    {{groupKey}}
    touch.3 AS channel,
    currencyOf AS currency,
    count() AS orders,
    uniqExact(person) AS people,
    avg(amount) AS basket,
    {{meanLow(basket, stddevSamp(amount), orders)}} AS basketLow,
    {{meanHigh(basket, stddevSamp(amount), orders)}} AS basketHigh,
    quantileExactInclusive(0.5)(amount) AS medianBasket,
    sum(amount) AS revenue
FROM
(
    SELECT *, {{touch(touches, moment, {attribution:String})}} AS touch
    FROM
    (
        SELECT
            if(isNotNull(properties.orderId), concat('order ', toString(properties.orderId)), toString(id)) AS purchase,
            {{groupFirst}}
            argMin({{person}}, (occurred_at, id)) AS person,
            min(occurred_at) AS moment,
            CAST(argMax(currency, (occurred_at, id)), 'String') AS currencyOf,
            assumeNotNull(argMax(value, (occurred_at, id))) AS amount
        FROM {{events}}
        WHERE {{where}}
            AND name IN {orders:Array(String)}
            AND isNotNull(value)
        GROUP BY purchase
    ) AS bought
    GLOBAL LEFT JOIN
    (
        {{parts/touches}}
    ) AS won ON bought.person = won.winner
)
GROUP BY {{groupKey}} channel, currency
ORDER BY {{groupKey}} orders DESC, channel, currency
LIMIT 10000
