const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** Bytes for people, such as `1.5 GiB`. */
export function size(bytes: number): string {
  const place = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)),
  );
  const value = bytes / 1024 ** place;
  return `${place === 0 ? value : value.toFixed(1)} ${UNITS[place]}`;
}
