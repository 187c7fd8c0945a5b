LEFT JOIN
(
    SELECT person_key, min(user_id) AS name
    FROM identities
    WHERE {{site}}
    GROUP BY person_key
) AS users ON units.unit = users.person_key
