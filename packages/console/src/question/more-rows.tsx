import { useI18n } from "../i18n/context.js";

/** Shows the rows of an answer that are not shown yet. */
export function MoreRows({ hidden, onShow }: { hidden: number; onShow: () => void }) {
  const { text, format } = useI18n();
  if (hidden <= 0) return null;
  return (
    <button type="button" class="button more-rows" onClick={onShow}>
      {text.question.moreRows(format.number(hidden))}
    </button>
  );
}
