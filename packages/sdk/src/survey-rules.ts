/** When a survey is asked. The published declarations carry a copy of it instead of this import. */
export type * from "@balise/schema/survey-rules-types";
