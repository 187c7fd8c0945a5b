import type { Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import type { Cards } from "../state/cards.js";
import type { Scope } from "../state/scope.js";
import { QuestionCard } from "./question-card.js";

interface Properties {
  shown: readonly Question[];
  questions: Questions;
  scope: Scope;
  cards: Cards;
  /** Values of parameters that stand elsewhere on the page. */
  given?: Readonly<Record<string, unknown>>;
  onCards: (cards: Cards, how?: "push" | "replace") => void;
}

/** Questions one after the other, all asked about the same. */
export function QuestionList({ shown, questions, scope, cards, given, onCards }: Properties) {
  const { own, tables } = cards;
  const wide = wideOnes(shown, (question) => isWide(question, tables, scope));
  return (
    <div class="questions">
      {shown.map((question) => (
        <QuestionCard
          key={question.name}
          {...{ question, questions, scope, own }}
          wide={wide.has(question.name)}
          {...(given !== undefined && { given })}
          asTable={tables.includes(question.name)}
          onOwn={(name, value) => onCards({ tables, own: { ...own, [name]: value } })}
          onTable={(asTable) => {
            const others = tables.filter((name) => name !== question.name);
            onCards({ own, tables: asTable ? [...others, question.name] : others }, "replace");
          }}
        />
      ))}
    </div>
  );
}

/** Tables and matrices are wide; groups of numbers are a table. */
const isWide = ({ name, view }: Question, tables: readonly string[], scope: Scope): boolean =>
  view === "table" ||
  view === "matrix" ||
  tables.includes(name) ||
  (view === "number" && scope.breakdown !== "");

/** Names of those that take the whole width: also what would stand alone on its line. */
function wideOnes(shown: readonly Question[], needs: (question: Question) => boolean): Set<string> {
  const wide = new Set<string>();
  let alone: string | null = null;
  for (const question of shown) {
    const { name } = question;
    if (needs(question)) {
      if (alone !== null) wide.add(alone);
      alone = null;
      wide.add(name);
    } else alone = alone === null ? name : null;
  }
  return alone === null ? wide : wide.add(alone);
}
