-- question: How many complaints are there per 1,000 customers, and per 1,000 orders?
-- unit: a contact for one of the given reasons, opened in the period
-- definition: Complaints over the customers of the imported base on at least one day of the period, and
--   over the orders: events of the given names in it, those with the same property orderId being one. A
--   contact is opened by its first event. Filters and
--   groups (the reason, for a rate of each case) look at that event; customers and orders are always
--   all. Interval: Byar's approximation of the exact Poisson interval, 95 %.
-- caveat: Bots' orders are left out. Complaints count also of people who are not in the base. The interval
--   takes complaints for independent: where few people make many, it is too narrow. For the rate of a
--   segment of the customers, ask contacts_per_customer with the same reasons.
SELECT
    {{groupKey}}
    count() AS complaints,
    uniqExact(opener) AS people,
    (
        SELECT count()
        FROM customers FINAL
        WHERE {{site}}
            AND (since IS NULL OR toDateTime64(since, 3, 'UTC') < {{to}})
            AND (until IS NULL OR toDateTime64(until, 3, 'UTC') > {{from}})
    ) AS customers,
    1000 * {{share(complaints, customers)}} AS perThousandCustomers,
    1000 * {{rateLow(complaints, customers)}} AS perThousandCustomersLow,
    1000 * {{rateHigh(complaints, customers)}} AS perThousandCustomersHigh,
    (
        SELECT uniqExact(if(isNotNull(properties.orderId), concat('order ', toString(properties.orderId)), toString(id)))
        FROM events
        WHERE {{site}}
            AND {{period}}
            AND name IN {orders:Array(String)}
            AND NOT bot
    ) AS orders,
    1000 * {{share(complaints, orders)}} AS perThousandOrders,
    1000 * {{rateLow(complaints, orders)}} AS perThousandOrdersLow,
    1000 * {{rateHigh(complaints, orders)}} AS perThousandOrdersHigh
FROM
(
    {{parts/cases}}
)
WHERE chosen
    AND opened >= {{from}}
    AND opened < {{to}}
    AND firstReason IN {reasons:Array(String)}
{{groupBy}}
ORDER BY complaints DESC, {{groupKey}} people
LIMIT 10000
