/** The elements under an event, innermost first, those in open shadow trees included. */
export function elementsOf(event: Event): Element[] {
  return event.composedPath().filter((node) => node instanceof Element);
}
