/** Names that columns often have, in small letters and digits alone, English and French. */
export const PERSON_COLUMNS = {
  userId: [
    "userid",
    "user",
    "customerid",
    "customer",
    "clientid",
    "client",
    "idclient",
    "numeroclient",
  ],
  accountId: ["accountid", "account", "compte", "idcompte"],
} as const;

export const TIME_COLUMNS = ["occurredat", "time", "timestamp", "datetime", "date", "horodatage"];

export const CAMPAIGN_COLUMNS = {
  "campaign.source": ["source", "utmsource", "campaignsource"],
  "campaign.medium": ["medium", "utmmedium", "campaignmedium", "support"],
  "campaign.name": ["campaign", "campaignname", "utmcampaign", "campagne", "nomdelacampagne"],
} as const;

/** `Coût (€)` as `cout`. */
export function plainName(column: string): string {
  return column
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}
