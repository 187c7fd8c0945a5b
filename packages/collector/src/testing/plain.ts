/** What plain code does with rows, as questions do it. */

/** In the order of time and id, as questions see them. */
export const inTime = <T extends { time: number; id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));

/** What is alike in `key`, by it, in the order of their first. */
export function groupedBy<T, K>(all: Iterable<T>, key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(key(one)) ?? [];
    groups.set(key(one), group);
    group.push(one);
  }
  return groups;
}
