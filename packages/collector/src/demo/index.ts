export { fillDemo } from "./fill.js";
export { generateVisits } from "./visits.js";
