-- question: How many of the messages that are sent are opened and clicked?
-- unit: a message to a person that was sent in the period
-- definition: A message is told from others by the property messageId, else by its campaign; sent
--   again to the same person it is the same. Opened: a message_opened or a message_clicked came within
--   {days} days after it was first sent; clicked: a message_clicked did. Click rate: of those sent;
--   click to open: of those opened. Filters and groups look at the message_sent. Intervals: Wilson 95 %.
-- caveat: Bots are left out. Opening is told by an image: some mail programs load it for nobody, others
--   never. Messages of less than {days} days ago may yet be opened.
SELECT
    {{groupKey}}
    channelOf AS channel,
    campaignOf AS campaign,
    count() AS sent,
    uniqExact(person) AS people,
    countIf(isOpened) AS opened,
    {{share(opened, sent)}} AS openRate,
    {{wilsonLow(opened, sent)}} AS openRateLow,
    {{wilsonHigh(opened, sent)}} AS openRateHigh,
    countIf(isClicked) AS clicked,
    {{share(clicked, sent)}} AS clickRate,
    {{wilsonLow(clicked, sent)}} AS clickRateLow,
    {{wilsonHigh(clicked, sent)}} AS clickRateHigh,
    {{share(clicked, opened)}} AS clickToOpen,
    {{wilsonLow(clicked, opened)}} AS clickToOpenLow,
    {{wilsonHigh(clicked, opened)}} AS clickToOpenHigh
FROM
(
    SELECT
        {{person}} AS person,
        if(isNotNull(properties.messageId), (toString(properties.messageId), ''), ('', CAST(campaign_name, 'String'))) AS message,
        argMinIf({{groupField}}, (occurred_at, id), name = 'message_sent') AS `group`,
        argMinIf({{filters}}, (occurred_at, id), name = 'message_sent') AS chosen,
        argMinIf(CAST(channel, 'String'), (occurred_at, id), name = 'message_sent') AS channelOf,
        argMinIf(CAST(campaign_name, 'String'), (occurred_at, id), name = 'message_sent') AS campaignOf,
        minIf(occurred_at, name = 'message_sent') AS sentAt,
        arrayExists(t -> t >= sentAt AND t <= sentAt + INTERVAL {days:UInt16} DAY, groupArrayIf(occurred_at, name = 'message_clicked')) AS isClicked,
        isClicked OR arrayExists(t -> t >= sentAt AND t <= sentAt + INTERVAL {days:UInt16} DAY, groupArrayIf(occurred_at, name = 'message_opened')) AS isOpened
    FROM {{events}}
    WHERE {{site}}
        AND name IN ('message_sent', 'message_opened', 'message_clicked')
        -- What was sent before the period is not sent in it, though it may be sent again.
        AND occurred_at >= {{from}} - INTERVAL {days:UInt16} DAY
        AND occurred_at < {{to}} + INTERVAL {days:UInt16} DAY
        AND NOT bot
    GROUP BY person, message
    HAVING chosen AND sentAt >= {{from}} AND sentAt < {{to}}
)
GROUP BY {{groupKey}} channel, campaign
ORDER BY {{groupKey}} sent DESC, channel, campaign
LIMIT 10000
