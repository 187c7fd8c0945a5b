/** Every number that the tag and the collector must agree on. Sizes in bytes unless named otherwise. */
export const LIMITS = {
  /** Body of a batch as it comes over the wire. */
  batchWireBytes: 2 * 1024 * 1024,
  /** Body of a batch once decompressed. */
  batchBytes: 8 * 1024 * 1024,
  batchEvents: 1000,
  /** One event as JSON; also one line of an import. */
  eventBytes: 64 * 1024,
  /** `e` of the pixel, as base64url characters. */
  pixelCharacters: 8 * 1024,
  nameCharacters: 128,
  identifierCharacters: 128,
  urlCharacters: 2048,
  textCharacters: 4096,
  shortCharacters: 256,
  propertyKeys: 64,
  propertyKeyCharacters: 128,
  propertiesBytes: 8 * 1024,
  /** Objects and arrays within `properties`. */
  propertiesDepth: 8,
  traitKeys: 32,
  /** Past this difference between the clocks, in milliseconds, `occurredAt` is corrected. */
  skewDeadBand: 150_000,
  /** The earliest moment that an event may have: 2000-01-01T00:00:00Z, epoch milliseconds. */
  earliestTime: 946_684_800_000,
  /** How far ahead of the collector's clock a corrected time may lie, in milliseconds. */
  futureTolerance: 24 * 60 * 60 * 1000,
} as const;
