import { mayShare, type Match, refuse } from "./steps.js";

/**
 * The sets of steps that must have enough events for steps 1…k to have one each, by their last step
 * (Hall 1935). Steps that share no event are on their own; of equal steps a set has all or none.
 */
export function setsOf(steps: readonly Match[]): number[][][] {
  let rounds = 0;
  return steps.map((_, last) => {
    const related = relatedTo(last, steps);
    let sets: number[][] = [[]];
    for (const group of equalGroups(related, steps)) {
      sets = group.includes(last)
        ? sets.map((set) => [...set, ...group])
        : [...sets, ...sets.map((set) => [...set, ...group])];
      if (rounds + sizeOf(sets) > MAX_ROUNDS)
        refuse(["order"], "unordered cannot take so many steps that may match the same event");
    }
    rounds += sizeOf(sets);
    return sets;
  });
}

/** Passes over all events, one for each step in each set: of steps that all may share, seven. */
const MAX_ROUNDS = 512;

const sizeOf = (sets: readonly number[][]): number =>
  sets.reduce((sum, set) => sum + set.length, 0);

/** The steps up to `last` that may compete for events with it, also through others. */
function relatedTo(last: number, steps: readonly Match[]): number[] {
  const related = new Set([last]);
  for (const index of related) {
    const step = steps[index];
    for (let other = 0; other < last; other++) {
      const candidate = steps[other];
      if (step !== undefined && candidate !== undefined && mayShare(step, candidate))
        related.add(other);
    }
  }
  return [...related];
}

function equalGroups(related: readonly number[], steps: readonly Match[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const index of related) {
    const key = JSON.stringify([steps[index]?.events, steps[index]?.where]);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()];
}

/** The sets as SQL: a tuple for each event that a set needs, as `chains_unordered.sql` reads them. */
export function setsSql(sets: readonly number[][][]): string {
  const tuples = sets.flatMap((ofStep, step) =>
    ofStep.flatMap((set, place) =>
      set.map((_, round) => {
        const mask = set.reduce((bits, index) => bits + 2 ** index, 0);
        const isLast = round === set.length - 1;
        const closes = isLast && place === ofStep.length - 1;
        return `(${mask}, ${Number(round === 0)}, ${Number(isLast)}, ${Number(closes)}, ${step + 1})`;
      }),
    ),
  );
  return `CAST([${tuples.join(", ")}], 'Array(Tuple(UInt32, UInt8, UInt8, UInt8, UInt8))')`;
}
