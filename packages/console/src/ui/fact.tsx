interface Properties {
  name: string;
  value: string;
  note: string;
  main?: boolean;
}

/** One number with its name above and what qualifies it below; stands in a `<dl>`. */
export function Fact({ name, value, note, main }: Properties) {
  return (
    <div class={main ? "fact fact-main" : "fact"}>
      <dt>{name}</dt>
      <dd class="fact-value">{value}</dd>
      {note !== "" && <dd class="fact-note">{note}</dd>}
    </div>
  );
}
