SELECT device_key, argMin(person_key, (linked_at, user_id)) AS person
FROM identities
WHERE {{site}}
GROUP BY device_key
