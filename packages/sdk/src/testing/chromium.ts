export { CHROMIUM_ARGS, chromiumPath as findChromium } from "../../../../scripts/chromium.mjs";
