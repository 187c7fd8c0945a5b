/**
 * A number from 0 up to 1 that is always the same for this text, and as if drawn by chance: FNV-1a
 * (http://www.isthe.com/chongo/tech/comp/fnv/) with the end of MurmurHash3, without which texts that
 * differ in their last sign lie close to each other.
 */
export function shareOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
