-- What is known of each person at the end of the period: the latest value of a trait among all their
-- events, of whatever age and device.
SELECT
    {{person}} AS traits_person,
    {{values}}
FROM events
GLOBAL LEFT JOIN
(
    {{knownDevices}}
) AS known ON events.person_key = known.device_key
WHERE {{site}}
    AND occurred_at < {{to}}
    AND NOT bot
    AND ({{named}})
GROUP BY traits_person
