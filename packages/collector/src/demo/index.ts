export { fillDemo, type FillOptions, type FillProgress } from "./fill.js";
export { generateVisits, type Visit, type VisitOptions } from "./visits.js";
