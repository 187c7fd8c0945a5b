// The health check of the container images: ends with 0 when the collector beside it answers.
import { readSettings } from "../dist/config.js";

const { BALISE_HOST, BALISE_PORT, BALISE_BASE_PATH } = readSettings(process.env);
const everywhere = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
const host = everywhere[BALISE_HOST] ?? BALISE_HOST;
const response = await fetch(`http://${host}:${BALISE_PORT}${BALISE_BASE_PATH}/v1/health/live`, {
  signal: AbortSignal.timeout(4000),
});
process.exitCode = response.ok ? 0 : 1;
