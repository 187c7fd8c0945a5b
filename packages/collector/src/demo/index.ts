export { fillDemo } from "./fill.js";
