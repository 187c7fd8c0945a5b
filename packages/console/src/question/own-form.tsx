import type { Schema } from "../api/question.js";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { termOf } from "../i18n/terms.js";
import { Select } from "../ui/select.js";
import { TextField } from "../ui/text-field.js";
import { editorOf, writeOwn } from "./own.js";

interface Properties {
  parameters: readonly [string, Schema][];
  /** As typed, by name; what nobody typed stands in `values`. */
  own: Readonly<Record<string, string>>;
  /** What is asked. */
  values: Readonly<Record<string, unknown>>;
  wrong: readonly string[];
  onChange: (name: string, value: string) => void;
}

/** A field for each parameter, made of its JSON Schema. */
export function OwnForm({ parameters, own, values, wrong, onChange }: Properties) {
  return (
    <div class="own-form">
      {parameters.map(([name, schema]) => (
        <OwnField
          key={name}
          {...{ name, schema, onChange }}
          value={own[name] ?? writeOwn(schema, values[name] ?? schema.default)}
          invalid={wrong.includes(name)}
        />
      ))}
    </div>
  );
}

interface FieldProperties {
  name: string;
  schema: Schema;
  value: string;
  invalid: boolean;
  onChange: (name: string, value: string) => void;
}

function OwnField({ name, schema, value, invalid, onChange }: FieldProperties) {
  const { text, language } = useI18n();
  const label = nameOf(text, name);
  const editor = editorOf(schema);
  const { description = "", minimum, maximum } = schema;
  const change = (next: string): void => onChange(name, next);
  return (
    <div class="own-field">
      {editor === "choice" ? (
        <Select
          label={label}
          value={value}
          choices={(schema.enum ?? []).map((choice) => ({
            value: choice,
            label: choiceText(choice, termOf(text, name, choice), nameOf(text, choice)),
          }))}
          onChange={change}
        />
      ) : editor === "flag" ? (
        <label class="check">
          <input
            type="checkbox"
            checked={value === "true"}
            onChange={(event) => change(String(event.currentTarget.checked))}
          />
          <span>{label}</span>
        </label>
      ) : (
        <TextField
          label={label}
          type={editor === "number" ? "number" : "text"}
          value={value}
          invalid={invalid}
          {...(minimum !== undefined && { min: minimum })}
          onChange={change}
        />
      )}
      {invalid && (
        <p class="error" role="alert">
          {editor === "number" && minimum !== undefined && maximum !== undefined
            ? text.question.wrongNumber(String(minimum), String(maximum))
            : text.question.wrongValue}
        </p>
      )}
      {description !== "" && (
        <p class="own-hint" lang={language === "en" ? undefined : "en"}>
          {description}
        </p>
      )}
    </div>
  );
}

/** A word of a vocabulary, else a name of the console, else the value. */
const choiceText = (choice: string, term: string, name: string): string =>
  term === choice ? name : term;
