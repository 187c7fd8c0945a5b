// Runs in the browser alone, before the page is hydrated.
import { pageViews } from "@balise/sdk/auto/page-views";
import { tag } from "./app/tag.js";

pageViews(tag);
