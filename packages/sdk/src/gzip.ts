/** The text as gzip, which the collector knows by its first bytes; as it is where that cannot be. */
export async function gzip(text: string): Promise<Blob | string> {
  try {
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return await new Response(packed).blob();
  } catch {
    return text;
  }
}
