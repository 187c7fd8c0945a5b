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
  const wide = wideOnes(shown, tables);
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

/** Views that need the whole width of the page. */
const WIDE: ReadonlySet<string> = new Set(["table", "matrix"]);

/** Names of those that take the whole width: also what would stand alone on its line. */
function wideOnes(shown: readonly Question[], tables: readonly string[]): Set<string> {
  const wide = new Set<string>();
  let alone: string | null = null;
  for (const { name, view } of shown) {
    if (WIDE.has(view) || tables.includes(name)) {
      if (alone !== null) wide.add(alone);
      alone = null;
      wide.add(name);
    } else alone = alone === null ? name : null;
  }
  return alone === null ? wide : wide.add(alone);
}
