import { useState } from "preact/hooks";
import type { Meta } from "../api/types.js";
import { save } from "../export/save.js";
import { sqlText } from "../export/sql.js";
import { useI18n } from "../i18n/context.js";
import { announce } from "./announcer.js";
import { Icon } from "./icon.js";

interface Properties {
  meta: Meta;
  file: { name: string; content: () => string };
  /** Stands before the `data-testid` of each, where a page has several: then the link is not offered again. */
  testId?: string;
}

/** Ways to take the numbers elsewhere: a file, the SQL, a link. */
export function Tools({ meta, file, testId = "" }: Properties) {
  const { text } = useI18n();
  const [notice, setNotice] = useState("");
  const [open, setOpen] = useState(false);
  const sql = sqlText(meta);

  const copy = async (content: string, onRefused: () => string): Promise<void> => {
    try {
      // Absent on pages that are neither https nor localhost.
      await navigator.clipboard.writeText(content);
      setNotice(text.result.copied);
      announce(text.result.copied);
    } catch {
      const refused = onRefused();
      setNotice(refused);
      announce(refused);
    }
  };

  const showSql = (): string => {
    setOpen(true);
    return text.result.copyFailed;
  };

  return (
    <div class="tools">
      <div class="tools-line">
        <button
          type="button"
          class="button"
          data-testid={`${testId}csv`}
          onClick={() => save(file.name, "text/csv", file.content())}
        >
          <Icon name="download" />
          {text.result.csv}
        </button>
        <button
          type="button"
          class="button"
          data-testid={`${testId}copy-sql`}
          onClick={() => void copy(sql, showSql)}
        >
          <Icon name="copy" />
          {text.result.copySql}
        </button>
        {testId === "" && (
          <button
            type="button"
            class="button"
            onClick={() => void copy(location.href, () => text.result.linkFailed)}
          >
            <Icon name="link" />
            {text.result.copyLink}
          </button>
        )}
        <span class="muted small" data-testid={`${testId}copy-notice`}>
          {notice}
        </span>
      </div>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text.result.sql}</summary>
        <pre class="sql" tabIndex={0} data-testid={`${testId}sql`}>
          {sql}
        </pre>
      </details>
    </div>
  );
}
