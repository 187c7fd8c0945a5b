// The health check of the container images: ends with 0 when the collector beside it answers.
import { readSettings } from "../dist/config.js";

const { BALISE_HOST, BALISE_PORT, BALISE_BASE_PATH } = readSettings(process.env);
const everywhere = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
const host = everywhere[BALISE_HOST] ?? BALISE_HOST;
try {
  const url = `http://${host}:${BALISE_PORT}${BALISE_BASE_PATH}/v1/health/live`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(4000) });
  if (status !== 200) throw new Error(`the answer is ${status}`);
} catch (error) {
  process.stderr.write(`not live: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
