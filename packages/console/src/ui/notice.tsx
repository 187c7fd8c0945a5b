import type { ComponentChildren } from "preact";

interface Properties {
  title: string;
  children: ComponentChildren;
  /** `alert` interrupts the screen reader: for failures only. */
  alert?: boolean;
}

/** What stands where numbers would be: an empty result or a failure, and what to do about it. */
export function Notice({ title, children, alert }: Properties) {
  return (
    <div class={alert ? "notice notice-alert" : "notice"} role={alert ? "alert" : undefined}>
      <p class="notice-title">{title}</p>
      <div class="notice-body">{children}</div>
    </div>
  );
}
