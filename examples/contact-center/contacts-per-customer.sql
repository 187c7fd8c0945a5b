-- Contacts opened in March 2026 per customer of that month, those without any included, by segment.
SELECT
    traits.segment::String AS segment,
    count() AS customers,
    sum(c.contacts) AS contacts,
    round(contacts / customers, 3) AS per_customer
FROM customers FINAL
LEFT JOIN
(
    SELECT user_id, uniqExact(contact_id) AS contacts
    FROM contacts
    WHERE name = 'contact_opened' AND occurred_at >= '2026-03-01' AND occurred_at < '2026-04-01'
    GROUP BY user_id
) AS c USING (user_id)
WHERE (since IS NULL OR since < '2026-04-01') AND (until IS NULL OR until > '2026-03-01')
GROUP BY segment
ORDER BY segment
