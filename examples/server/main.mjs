// node main.mjs [orders.json]: tells Balise of paid orders. Ends with 1 where some were not taken.
import { readFile } from "node:fs/promises";
import { eventOf } from "./event.mjs";
import { send } from "./send.mjs";

const { BALISE_URL = "http://127.0.0.1:8787", BALISE_SECRET_KEY } = process.env;
const [file = new URL("orders.json", import.meta.url)] = process.argv.slice(2);

/** A table that is read row by row stands here in the place of a file. */
async function* events() {
  for (const order of JSON.parse(await readFile(file, "utf8"))) yield eventOf(order);
}

if (!BALISE_SECRET_KEY) {
  console.error(
    "Set BALISE_SECRET_KEY to the secret key of the site: npx balise start printed it.",
  );
  process.exit(1);
}
try {
  const answer = await send(events, { url: BALISE_URL, secretKey: BALISE_SECRET_KEY });
  console.log(`${answer.accepted} accepted, ${answer.rejectedCount} rejected`);
  for (const { index, code, message } of answer.rejected)
    console.error(`order ${index + 1}: ${code}: ${message}`);
  process.exitCode = answer.rejectedCount === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
