/** The text as gzip, which the collector knows by its first bytes. Rejects where that cannot be. */
export async function gzip(text: string): Promise<Blob> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(packed).blob();
}
