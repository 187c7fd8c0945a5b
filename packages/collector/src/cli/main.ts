import { cac, type Command } from "cac";
import { runAlerts } from "./alerts.js";
import { runDemo } from "./demo.js";
import { runDoctor } from "./doctor.js";
import { type EraseOptions, runErase } from "./erase.js";
import { runFunnel } from "./funnel.js";
import { runImport } from "./import.js";
import { runMigrate } from "./migrate.js";
import { runPlan } from "./plan.js";
import { runQuery } from "./query.js";
import { rawOption } from "./raw-option.js";
import { runStart } from "./start.js";
import { runSurveys } from "./surveys.js";
import { versionOf } from "../version.js";

const cli = cac("balise");
const { BALISE_PORT = "8787", BALISE_BASE_PATH = "" } = process.env;
const URL_OPTION = [
  "--url <url>",
  "The collector",
  { default: `http://127.0.0.1:${BALISE_PORT}${BALISE_BASE_PATH}` },
] as const;

cli
  .command(
    "start",
    "Start the collector, with the embedded ClickHouse unless CLICKHOUSE_URL is set",
  )
  .action(runStart);

cli
  .command("migrate", "Bring the tables of CLICKHOUSE_URL up to this version")
  .action(exit(runMigrate));

cli
  .command(
    "import <file>",
    "Import from NDJSON or CSV, gzip or not; goes on where it was cut off, importing again counts once",
  )
  .option(
    "--as <kind>",
    "Rows are events, contacts, messages, orders, customers, costs or annotations",
    {
      default: "events",
    },
  )
  .option(
    "--map <mapping>",
    "field=column,… or a JSON file; columns that are named as fields need none",
  )
  .option("--delimiter <character>", "For CSV: the delimiter, found out by itself if not given")
  .option("--folder <folder>", "Where the rejected rows are kept; that of the file if not given")
  .option("--print", "Write the events as NDJSON to standard output instead of sending them")
  .option(...URL_OPTION)
  .option("--key <key>", "The secret key; BALISE_SECRET_KEY or the data directory's if not given")
  .action(exit(runImport));

/** What every question takes. */
const sharedOptions = (command: Command): Command =>
  command
    .option("--from <date>", "ISO date or time, UTC")
    .option("--to <date>", "ISO date (that day included) or time")
    .option(
      "--filter <condition>",
      "Only what fulfils it: device=mobile, plan=a|b, value>=10, page~checkout, properties.plan; may be repeated",
    )
    .option(
      "--breakdown <field>",
      "A row for each group: a field such as device, properties.plan or traits.segment",
    )
    .option(
      "--compare <other>",
      "previous, year, a period such as 2026-01-01..2026-01-31 or a segment such as device=mobile: the difference and its interval",
    );

sharedOptions(
  cli.command("query <name>", "Ask a question by its name; `balise query list` names them"),
)
  .option("--params <json>", "Its own parameters as JSON", { default: "{}" })
  .option("--json", "Rows as JSON instead of a table")
  .option(...URL_OPTION)
  .option("--key <key>", "The read key; BALISE_READ_KEY or the data directory's if not given")
  .action(exit(runQuery));

sharedOptions(
  cli.command("funnel <...steps>", "Count who gets from step to step; `a|b` is any of both"),
)
  .option("--window <duration>", "From the first step to the last, such as 30m, 12h, 7d", {
    default: "7d",
  })
  .option("--by <unit>", "person, session or account", { default: "person" })
  .option("--order <order>", "ordered, strict (no other step between) or unordered", {
    default: "ordered",
  })
  .option(
    "--exclude <events>",
    "What may not come between steps, `a|b` for any of both, `a@2-3` between steps 2 and 3; may be repeated",
  )
  .option("--optional <numbers>", "Numbers of steps that need not be done, such as 2 or 2,4")
  .option("--goal-value", "Sum and mean of the value at the last step, by currency")
  .option("--json", "Rows as JSON instead of a table")
  .option(...URL_OPTION)
  .option("--key <key>", "The read key; BALISE_READ_KEY or the data directory's if not given")
  .action(exit(runFunnel));

cli
  .command("plan <action>", "The tracking plan: types, infer or check")
  .option("--plan <file>", "The plan; BALISE_PLAN, balise.plan.json or balise.plan.ts if not given")
  .option("--out <file>", "Of types and infer: write to the file instead of standard output")
  .option("--from <date>", "Of infer and check: ISO date or time, UTC")
  .option("--to <date>", "ISO date (that day included) or time")
  .option("--json", "Of check: rows as JSON instead of a table")
  .option(...URL_OPTION)
  .option("--key <key>", "The read key; BALISE_READ_KEY or the data directory's if not given")
  .action(exit(runPlan));

cli
  .command("alerts", "The rules of alerts: check the file, or with --dry-run what they would tell")
  .option("--rules <file>", "The rules; BALISE_ALERTS or balise.alerts.json if not given")
  .option("--dry-run", "Ask the rules at every moment of the period, and send nothing")
  .option("--from <date>", "ISO date or time, UTC; thirty days before the end if not given")
  .option("--to <date>", "ISO date (that day included) or time; now if not given")
  .option("--every <duration>", "Time between two moments, such as 5m, 1h or 1d", {
    default: "1h",
  })
  .option("--json", "As JSON instead of a table")
  .option(...URL_OPTION)
  .option("--key <key>", "The read key; BALISE_READ_KEY or the data directory's if not given")
  .action(exit(runAlerts));

cli
  .command("demo", "Send a plausible month of visitors to the collector")
  .option("--visitors <number>", "How many people")
  .option("--days <number>", "How many days, ending today")
  .option("--seed <number>", "Another seed makes other visitors")
  .option(...URL_OPTION)
  .option("--key <key>", "The write key; BALISE_WRITE_KEY or the data directory's if not given")
  .action(exit(runDemo));

cli
  .command("erase", "Erase a person from every table, and from what waits in the spool")
  .option("--user <id>", "The team's own id of the person; their devices' events go as well")
  .option("--device <id>", "An anonymous id: what the device did without a user")
  .option("--no-wait", "Return once the request is kept")
  .option("--json", "The outcome as JSON")
  .option(...URL_OPTION)
  .option("--key <key>", "The secret key; BALISE_SECRET_KEY or the data directory's if not given")
  .action(
    exit((options: EraseOptions) =>
      runErase({
        ...options,
        user: rawOption(process.argv, "user"),
        device: rawOption(process.argv, "device"),
      }),
    ),
  );

cli
  .command(
    "surveys <action> [file]",
    "lint a plan of surveys (balise.surveys.json), push it to the collector, or pull the one that holds",
  )
  .option("--json", "Warnings as JSON")
  .option(...URL_OPTION)
  .option("--key <key>", "The secret key; BALISE_SECRET_KEY or the data directory's if not given")
  .action(exit(runSurveys));

cli
  .command("doctor", "Look at everything that the collector needs, and say what to do")
  .option("--open", "Start the embedded ClickHouse to look into it, if no collector runs")
  .option("--json", "The findings as JSON")
  .action(exit(runDoctor));

cli.help();
cli.version(versionOf());

/** Runs a command and makes its number the exit code; a mistake becomes one line. */
function exit<Args extends unknown[]>(
  run: (...args: Args) => Promise<number>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await run(...args);
    } catch (error) {
      fail(error);
    }
  };
}

function fail(error: unknown): void {
  console.error(`balise: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

try {
  cli.parse(process.argv, { run: false });
  if (
    cli.matchedCommand === undefined &&
    cli.options["help"] !== true &&
    cli.options["version"] !== true
  ) {
    if (cli.args.length > 0) fail(`unknown command ${cli.args[0]}; balise --help lists them`);
    else cli.outputHelp();
  } else await cli.runMatchedCommand();
} catch (error) {
  fail(isMistyped(error) ? `${error.message}; balise --help lists commands and options` : error);
}

/** What cac says of options and arguments lacks what to do about it. */
function isMistyped(error: unknown): error is Error {
  return error instanceof Error && error.name === "CACError";
}
