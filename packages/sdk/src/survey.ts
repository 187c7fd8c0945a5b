/** What a survey is. The published declarations carry a copy of it instead of this import. */
export type * from "@balise/schema/survey-types";
