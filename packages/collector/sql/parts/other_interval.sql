otherReached[1] AS otherN,
otherReached[step] / otherN AS q,
(q + z * z / (2 * otherN)) / (1 + z * z / otherN) AS otherCentre,
z * sqrt(q * (1 - q) / otherN + z * z / (4 * otherN * otherN)) / (1 + z * z / otherN) AS otherMargin,
least(p, greatest(0, centre - margin)) AS l1,
greatest(p, least(1, centre + margin)) AS u1,
least(q, greatest(0, otherCentre - otherMargin)) AS l2,
greatest(q, least(1, otherCentre + otherMargin)) AS u2
