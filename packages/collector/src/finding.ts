/** What a check found, as one line for an operator. */
export interface Finding {
  /** What was looked at. */
  check: string;
  level: "ok" | "warning" | "failure";
  /** What is. Never a secret. */
  is: string;
  /** What to do; of what is not ok alone. */
  todo?: string;
}

export const ok = (check: string, is: string): Finding => ({ check, level: "ok", is });

export const warning = (check: string, is: string, todo: string): Finding => ({
  check,
  level: "warning",
  is,
  todo,
});

export const failure = (check: string, is: string, todo: string): Finding => ({
  check,
  level: "failure",
  is,
  todo,
});
