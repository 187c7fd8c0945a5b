import type { Query, Topic } from "./query.js";

const TITLES: Readonly<Record<Topic, string>> = {
  overview: "Overview",
  funnels: "Funnels",
  journeys: "Journeys",
  acquisition: "Acquisition",
  contacts: "Contacts",
  feedback: "Feedback",
  friction: "Friction",
  segments: "Segments",
  coverage: "Coverage",
  live: "Live",
};

const HEAD = `# Indicators

Made of the headers of \`packages/collector/sql/*.sql\` by \`npm run indicators\`; a test compares them.

Each is asked by \`POST /v1/query/<name>\`, \`npx balise query <name>\` and, where it has one, its view in ClickHouse.
`;

/** `docs/indicators.md`: every question by topic, in the words of its file. */
export function indicatorsOf(queries: readonly Query[]): string {
  const topics = Object.entries(TITLES).flatMap(([topic, title]) => {
    const those = queries.filter((query) => query.topic === topic);
    return those.length === 0 ? [] : [`## ${title}`, ...those.map(sectionOf)];
  });
  return `${[HEAD.trimEnd(), ...topics].join("\n\n")}\n`;
}

function sectionOf(query: Query): string {
  const { name, question, unit, definition, caveat } = query;
  const columns = query.row.map((column) => `\`${column.name}\``).join(", ");
  const views = query.sqlViews("default").map(({ example }) => example);
  return [
    `### ${name}`,
    question,
    [
      `- **Unit**: ${unit}`,
      `- **Definition**: ${definition}`,
      ...(caveat === "" ? [] : [`- **Caveat**: ${caveat}`]),
      `- **Columns**: ${columns}`,
    ].join("\n"),
    ...(views.length === 0 ? [] : [["```sql", ...views, "```"].join("\n")]),
  ].join("\n\n");
}
