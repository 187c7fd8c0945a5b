import { useEffect, useState } from "preact/hooks";

type Listener = (text: string) => void;
const listeners = new Set<Listener>();

/** Has screen readers say a text once they are done with what they say now. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** The one polite live region of the page: it must be there before the first text. */
export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    listeners.add(setText);
    return () => void listeners.delete(setText);
  }, []);
  return (
    <div class="visually-hidden" role="status" data-testid="announcer">
      {text}
    </div>
  );
}
