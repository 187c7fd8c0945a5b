import type { Extras } from "../events.js";
import type { Tracker } from "../instruments/tracker.js";
import { nothing } from "../nothing.js";
import type { Question, Survey } from "../survey.js";
import type { Properties } from "../wire.js";
import { inOrder } from "./branch.js";
import { element } from "./element.js";
import type { Kit, Showing, ShowOptions } from "./kit.js";
import { said } from "./language.js";
import { mount } from "./mount.js";
import type { Answer } from "./question-type.js";
import type { SurveyEnd, SurveyEvent } from "./report.js";
import { createResponseId } from "./response-id.js";

/** Whoever goes through a scale by arrow keys answers when they have come to rest. */
const REST_MS = 800;
/** How long thanks stay. */
const THANKS_MS = 4000;

/**
 * Asks a survey with this tag. It takes the focus by itself only where it is modal, and keeps each
 * answer the moment it is given. What the kit cannot show is told as `survey_suppressed`. Does
 * nothing on a server.
 */
export function showSurvey(tag: Tracker, survey: Survey, options: ShowOptions & Kit): Showing {
  if (!globalThis.document) return { close: nothing };
  const { placement, questions, kind, touchpoint, timeoutSeconds } = survey;
  const { outcome, following = inOrder, responseId = createResponseId() } = options;
  const [language, texts, words] = said(survey, options);
  const typeOf = ({ metric }: Question) => options.types.find((type) => type.metric === metric);
  const about = {
    surveyId: survey.id,
    surveyVersion: survey.version,
    kind,
    responseId,
    touchpoint,
  };
  const shown = { ...about, metric: questions[0]?.metric, placement, language };
  const answers = new Map<string, Answer>();
  const told = new Map<string, string>();
  const listening = new AbortController();
  const over = placement !== "inline";
  const byHand = options.byHand || placement === "modal";
  /** The questions so far; the last one is put now. */
  const way: Question[] = [];
  let state = 0;
  let since = 0;
  let byKey = false;
  let touched = false;
  let keep = nothing;
  let settle = nothing;
  let timer: ReturnType<typeof setTimeout>;
  let leaving: ReturnType<typeof setTimeout>;
  let back: HTMLElement | null;

  function tell(name: SurveyEvent, properties: object, extras?: Extras): void {
    // What is undefined does not get into its JSON.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    tag.track(name, properties as Properties, { ...(outcome && { outcome }), ...extras });
    options.onReport?.(name, responseId, extras?.feedback);
  }

  function see(): void {
    if (!state++) tell("survey_shown", shown);
  }

  /** What was seen or answered ends once; what was not has never been. */
  function finish(name: SurveyEnd): void {
    settle();
    if (state > 0) tell(name, { ...shown, answered: told.size });
    state = -Infinity;
  }

  function close(how: SurveyEnd = "survey_abandoned"): void {
    finish(how);
    clearTimeout(timer);
    touch();
    listening.abort();
    observer.disconnect();
    const held = tree.activeElement;
    host.remove();
    options.onClose?.();
    if (held) back?.focus({ preventScroll: true });
  }

  function dismiss(): void {
    close("survey_dismissed");
  }

  function put(question: Question): void {
    const { id, metric } = question;
    const { ask = "", ...own } = texts.questions[id] ?? {};
    const type = typeOf(question);
    let at = 0;
    let draft = false;
    since = performance.now();
    way.push(question);

    function offer(): void {
      const answer = answers.get(id);
      // The first question is answered or closed; the others may be passed over.
      next.disabled = !answer && !way[1];
      const goesOn = following(questions, question, answer) ? words.next : words.send;
      next.textContent = answer || next.disabled ? goesOn : words.skip;
    }

    keep = () => {
      clearTimeout(timer);
      const answer = answers.get(id);
      const json = JSON.stringify(answer ?? 0);
      if (json === (told.get(id) ?? "0")) return;
      see();
      told.set(id, json);
      const trait = metric === "choice" && question.trait;
      tell(
        "survey_answered",
        { seconds: Math.round((at - since) / 100) / 10, wording: ask, language },
        {
          feedback: { ...about, questionId: id, metric, ...type?.scale?.(question), ...answer },
          ...(trait && { traits: { [trait]: answer?.choice ?? "" } }),
        },
      );
    };
    settle = () => {
      if (!draft) keep();
    };
    const controls = type?.render(question, {
      texts: { ask, ...own },
      words,
      given: answers.get(id),
      give(answer, isDraft = false) {
        at = performance.now();
        draft = isDraft;
        if (answer) answers.set(id, answer);
        else answers.delete(id);
        clearTimeout(timer);
        if (byKey) timer = setTimeout(settle, REST_MS);
        else settle();
        offer();
      },
    });
    body.replaceChildren(element("legend", "ask", { id: "ask" }, ask), ...(controls ?? []));
    previous.hidden = !way[1];
    offer();
  }

  function focus(): void {
    const chosen = body.querySelector<HTMLElement>(":checked");
    (chosen ?? body.querySelector<HTMLElement>("input,textarea"))?.focus();
  }

  function go(): void {
    const question = way.at(-1);
    if (!question || next.disabled) return;
    keep();
    const more = following(questions, question, answers.get(question.id));
    if (more) {
      put(more);
      return focus();
    }
    const held = tree.activeElement;
    finish("survey_completed");
    body.remove();
    foot.remove();
    status.className = "thanks";
    status.textContent = texts.thanks ?? words.thanks;
    if (held) status.focus();
    if (over) timer = setTimeout(close, THANKS_MS);
  }

  function goBack(): void {
    settle();
    way.pop();
    const before = way.pop();
    if (before) put(before);
    focus();
  }

  /** Nobody is hurried who has come near, or who looks at something else. */
  function wait(): void {
    clearTimeout(leaving);
    if (timeoutSeconds && placement === "popover" && state > 0 && !touched && !document.hidden) {
      leaving = setTimeout(close, timeoutSeconds * 1000, "survey_timed_out");
    }
  }

  function touch(): void {
    touched = true;
    wait();
  }

  const next = element("button", "next", { onclick: go });
  const previous = element("button", "back", { onclick: goBack }, words.back);
  const foot = element("div", "foot", {}, previous, next);
  const body = element("fieldset", "question", {});
  const status = element("p", "unseen", { role: "status", tabIndex: -1 });
  const ariaLabel = texts.title ?? words.feedback;
  const name = placement === "modal" ? "dialog" : "section";
  const box: HTMLElement = element(name, `card ${placement} ${over ? "over" : ""}`, { ariaLabel });
  if (over) {
    box.append(element("button", "close", { ariaLabel: words.close, onclick: dismiss }, "×"));
  }
  box.append(body, foot, status);

  function hear(on: EventTarget, type: string, run: (event: Event) => void): void {
    on.addEventListener(type, run, listening);
  }
  hear(box, "cancel", dismiss);
  hear(box, "pointerover", touch);
  hear(box, "pointerdown", () => {
    byKey = false;
  });
  hear(box, "focusin", (event) => {
    touch();
    const from = event instanceof FocusEvent ? event.relatedTarget : null;
    if (from instanceof HTMLElement && !box.contains(from)) back = from;
  });
  hear(window, "keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented) return;
    const { key, ctrlKey, metaKey } = event;
    byKey = key.startsWith("Arrow");
    const at: unknown = document.activeElement;
    if (key === "Enter" && at === host) {
      if (tree.activeElement instanceof HTMLInputElement || ctrlKey || metaKey) go();
    }
    // Where the focus is elsewhere in the page, the key is meant for that.
    if (key === "Escape" && over && (at === host || at === document.body)) dismiss();
  });
  hear(window, "pagehide", () => close());
  hear(document, "visibilitychange", () => {
    settle();
    wait();
  });
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      since = Math.max(since, entry.time);
      see();
      wait();
      if (over && !byHand) status.textContent = `${words.announce} ${body.firstChild?.textContent}`;
    },
    { threshold: 0.5 },
  );

  const css = new Set(questions.map((question) => typeOf(question)?.css ?? ""));
  const { host, tree } = mount(box, [...css], language, words, options);
  if (!questions.every(typeOf)) {
    tell("survey_suppressed", { ...shown, reason: "no widget for a question" });
    return { close: nothing };
  }
  questions.slice(0, 1).forEach(put);
  ((!over && options.target) || document.body).append(host);
  if (box instanceof HTMLDialogElement) box.showModal();
  if (byHand) focus();
  observer.observe(box);
  return { close };
}
