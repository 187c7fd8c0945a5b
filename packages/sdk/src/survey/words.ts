/** What the widgets say by themselves in one language. */
export interface Words {
  /** @default left to right */
  dir?: "rtl";
  /** Read out when a question has come up by itself. */
  announce: string;
  /** On a tab without a title. */
  feedback: string;
  next: string;
  send: string;
  skip: string;
  back: string;
  close: string;
  thanks: string;
  notApplicable: string;
  /** Asks not to write personal data. */
  hint: string;
  stars(count: number): string;
  /** Five faces, from the saddest to the gladdest. */
  faces: [string, string, string, string, string];
  /** Down and up. */
  thumbs: [string, string];
}
