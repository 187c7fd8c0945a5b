const PATHS = {
  up: "M4 10l4-4 4 4",
  down: "M4 6l4 4 4-4",
  remove: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  add: "M8 3.5v9M3.5 8h9",
  options: "M3 5h6M12 5h1M3 11h1M7 11h6M10.5 3.3v3.4M5.5 9.3v3.4",
  copy: "M5.5 5.5v-2h7v7h-2M3.5 5.5h7v7h-7z",
  download: "M8 3v7M5 7.5L8 10.5l3-3M3.5 13h9",
  link: "M7 9.5a2.5 2.5 0 0 0 3.5 0l2-2A2.5 2.5 0 0 0 9 4l-.8.8M9 6.5a2.5 2.5 0 0 0-3.5 0l-2 2A2.5 2.5 0 0 0 7 12l.8-.8",
  chart: "M3 4h10M3 8h7M3 12h4",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6",
  pause: "M5.5 4v8M10.5 4v8",
  play: "M5.5 3.5v9l7-4.5z",
  signOut: "M6.5 3.5h-3v9h3M7 8h6M10.5 5.5L13 8l-2.5 2.5",
  warning: "M8 3L14 13H2zM8 7v3M8 11.5v.2",
} as const;

/** A 16 px line drawing in the colour of the text; the name beside it is what is read out. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
