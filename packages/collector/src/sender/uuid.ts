/** A UUID of version 7 (RFC 9562) with the event's time and ten bytes in place of the random ones. */
export function uuidV7(time: number, bytes: Uint8Array): string {
  const out = Buffer.alloc(16);
  out.writeUIntBE(Math.floor(time), 0, 6);
  out.set(bytes.subarray(0, 10), 6);
  return written(out, 7);
}

/** A UUID of version 8 (RFC 9562): sixteen bytes of the maker's own, such as those of a hash. */
export function uuidV8(bytes: Uint8Array): string {
  const out = Buffer.alloc(16);
  out.set(bytes.subarray(0, 16));
  return written(out, 8);
}

function written(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const text = bytes.toString("hex");
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join("-");
}
