/**
 * Every number that the tag and the collector must agree on. Sizes in bytes unless named otherwise.
 * Each stands alone, so that the tag's bundle carries only those it uses.
 */

/** Body of a batch as it comes over the wire. */
export const batchWireBytes = 2 * 1024 * 1024;
/** Body of a batch once decompressed. */
export const batchBytes = 8 * 1024 * 1024;
export const batchEvents = 1000;
/** One event as JSON; also one line of an import. */
export const eventBytes = 64 * 1024;
/** `e` of the pixel, as base64url characters. */
export const pixelCharacters = 8 * 1024;
export const nameCharacters = 128;
export const identifierCharacters = 128;
export const urlCharacters = 2048;
export const textCharacters = 4096;
export const shortCharacters = 256;
export const propertyKeys = 64;
export const propertyKeyCharacters = 128;
export const propertiesBytes = 8 * 1024;
/** Objects and arrays within `properties`. */
export const propertiesDepth = 8;
export const traitKeys = 32;
/** Past this difference between the clocks, in milliseconds, `occurredAt` is corrected. */
export const skewDeadBand = 150_000;
/** The earliest moment that an event may have: 2000-01-01T00:00:00Z, epoch milliseconds. */
export const earliestTime = 946_684_800_000;
/** How far ahead of the collector's clock a corrected time may lie, in milliseconds. */
export const futureTolerance = 24 * 60 * 60 * 1000;
/** Events of a tracking plan: their names, however long, fit into the address of one question. */
export const planEvents = 500;
/** Questions that one survey can hold; asking three is already much. */
export const surveyQuestions = 10;
export const surveyOptions = 12;
export const surveyBranches = 12;
/** Surveys of one site. */
export const surveys = 200;
/** Conditions, triggers, names or pages in one list of a survey's rules. */
export const surveyConditions = 50;
/** The longest time that a rule of surveys can look back: exposures older than that are forgotten. */
export const surveyDays = 400;
/** A whole plan of surveys as JSON. */
export const surveyPlanBytes = 1024 * 1024;
