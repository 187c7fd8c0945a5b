/**
 * The value of an option as it was written: the parser of options makes numbers of what looks like
 * one, and user `007` is not user `7`.
 */
export function rawOption(args: readonly string[], name: string): string | undefined {
  const place = args.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = args[place];
  if (word === undefined) return undefined;
  return word.includes("=") ? word.slice(word.indexOf("=") + 1) : args[place + 1];
}
