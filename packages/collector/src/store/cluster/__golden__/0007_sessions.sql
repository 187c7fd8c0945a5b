CREATE VIEW IF NOT EXISTS sessions ON CLUSTER `eu-1` AS
SELECT
    site_id,
    session_id,
    argMax(user_id, (user_id != '', occurred_at)) AS user_id,
    any(anonymous_id) AS anonymous_id,
    argMax(account_id, (account_id != '', occurred_at)) AS account_id,
    min(occurred_at) AS started_at,
    max(occurred_at) AS ended_at,
    uniqExact(id) AS events,
    uniqExactIf(id, name = 'page_view') AS page_views,
    argMinIf(if(page_name != '', page_name, page_path), occurred_at, name = 'page_view') AS entry_page,
    argMaxIf(if(page_name != '', page_name, page_path), occurred_at, name = 'page_view') AS exit_page,
    argMin(channel, occurred_at) AS channel,
    argMinIf(acquisition_channel, (occurred_at, id), acquisition_channel != '') AS acquisition_channel,
    argMinIf(device, (occurred_at, id), device != '') AS device,
    argMinIf(country, (occurred_at, id), country != '') AS country,
    max(area = 'connected') AS reached_connected_area,
    max(bot) AS bot
FROM events
WHERE session_id != toUUID('00000000-0000-0000-0000-000000000000')
GROUP BY site_id, session_id;
