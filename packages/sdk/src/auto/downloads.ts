import { addressOf, linkIn, onActivation } from "../instruments/activation.js";
import type { Stop } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface DownloadsOptions {
  /**
   * Endings of files, without the dot and in lower case. They replace the default.
   * @default "pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv epub zip rar 7z gz dmg pkg exe msi apk mp3 mp4".split(" ")
   */
  extensions?: string[];
}

const EXTENSIONS =
  "pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv epub zip rar 7z gz dmg pkg exe msi apk mp3 mp4".split(
    " ",
  );

/**
 * Tracks `file_download` when a link is activated whose address ends as a file does, or that has
 * a `download` attribute. Its properties are `file`, the last part of the address or what
 * `data-balise-file` says, `extension`, and `url` without query and fragment; what is not known,
 * as of a file that the page has made, is left out. It tells that the download was asked for,
 * not that it came to an end.
 *
 * @returns a function that stops it.
 */
export function downloads(tag: Tracker, { extensions = EXTENSIONS }: DownloadsOptions = {}): Stop {
  return onActivation((path) => {
    const link = linkIn(path);
    if (!link) return;
    const { protocol, origin, pathname } = addressOf(link);
    const remote = /^https?:$/.test(protocol);
    const last = remote ? pathname.slice(pathname.lastIndexOf("/") + 1) : "";
    const name = link.getAttribute("download");
    const extension = extensionOf(name ?? "") ?? extensionOf(last);
    if (name === null && !(extension && extensions.includes(extension))) return;
    const file = link.getAttribute("data-balise-file") || decoded(last);
    tag.track("file_download", {
      ...(file && { file }),
      ...(extension && { extension }),
      ...(remote && { url: origin + pathname }),
    });
  });
}

function extensionOf(file: string): string | undefined {
  return /\.(\w{1,5})$/.exec(file)?.[1]?.toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
