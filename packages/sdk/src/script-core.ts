import { startScript } from "./script.js";

startScript();
