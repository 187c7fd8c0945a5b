import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { EventNameRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { filterChoices } from "./filter-choices.js";

interface Properties {
  label: string;
  value: string;
  events: readonly EventNameRow[];
  onChange: (name: string) => void;
  focusKey: string;
}

/**
 * A text field that proposes the events that exist (ARIA combobox with a list): arrows move,
 * Enter takes, Escape gives up. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function EventCombobox({ label, value, events, onChange, focusKey }: Properties) {
  const { text, format } = useI18n();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  /** Null while closed: the field then shows the chosen name. */
  const [search, setSearch] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const choices = search === null ? [] : filterChoices(events, search);
  const open = search !== null;

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active, open]);

  const show = (wanted: string): void => {
    setSearch(wanted);
    setActive(
      Math.max(
        0,
        wanted === "" ? filterChoices(events, "").findIndex((row) => row.name === value) : 0,
      ),
    );
  };
  const take = (name: string): void => {
    setSearch(null);
    if (name !== value) onChange(name);
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return show("");
      const move = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (at + move + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      const choice = choices[active];
      if (choice !== undefined) take(choice.name);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setSearch(null);
    }
  };

  return (
    <div class="combobox">
      <input
        class="input combobox-input"
        role="combobox"
        type="text"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && choices.length > 0 ? `${id}-${active}` : undefined}
        placeholder={text.builder.choose}
        title={value}
        spellcheck={false}
        autocomplete="off"
        data-focus={focusKey}
        value={search ?? value}
        onInput={(event) => show(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => !open && show("")}
        onBlur={() => setSearch(null)}
        onKeyDown={keydown}
      />
      <ul
        ref={list}
        id={`${id}-list`}
        class="combobox-list"
        role="listbox"
        aria-label={label}
        hidden={!open || choices.length === 0}
      >
        {choices.map((row, index) => (
          <li
            key={row.name}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            class="combobox-option"
            // Before blur, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              take(row.name);
            }}
          >
            <span class="combobox-name">{row.name}</span>
            <span class="combobox-count">{text.builder.people(format.compact(row.people))}</span>
          </li>
        ))}
      </ul>
      {open && choices.length === 0 && (
        <p class="combobox-list combobox-none">{text.builder.noMatch}</p>
      )}
    </div>
  );
}
