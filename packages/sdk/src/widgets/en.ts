import type { Words } from "../survey/words.js";

export const en: Words = {
  announce: "A question for you:",
  feedback: "Your feedback",
  next: "Next",
  send: "Send",
  skip: "Skip",
  back: "Back",
  close: "Close",
  thanks: "Thank you for your answer.",
  notApplicable: "Not applicable",
  hint: "Please do not write names, addresses, telephone or account numbers.",
  stars: (count) => (count === 1 ? "1 star" : `${count} stars`),
  faces: ["Very unhappy", "Unhappy", "Neutral", "Happy", "Very happy"],
  thumbs: ["Thumb down", "Thumb up"],
};
