import { createTag } from "@balise/sdk";
import { chain, singles } from "./surveys.js";

const tag = createTag({ ...window.SITE, traits: ["need"] });
const asked = new URLSearchParams(location.search);
const language = asked.get("language") ?? "en";
document.documentElement.lang = language;
document.documentElement.className = asked.get("theme") ?? "light";

// Only now: a page without a survey loads none of it.
const { showAnySurvey } = await import("@balise/sdk/widgets/all");

for (const survey of singles()) {
  const target = document.createElement("section");
  const title = document.createElement("h2");
  title.textContent = survey.id;
  target.append(title);
  document.querySelector("main").append(target);
  showAnySurvey(tag, survey, { target });
}

for (const placement of ["popover", "modal", "tab"]) {
  const button = document.createElement("button");
  button.textContent = `Ask: ${placement}`;
  button.addEventListener("click", () => showAnySurvey(tag, chain(placement)));
  document.querySelector("#placements").append(button, " ");
}
document.documentElement.dataset.ready = "true";
