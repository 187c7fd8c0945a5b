import { ImportError } from "./failure.js";
import type { Shape, Tree } from "./shapes/shape.js";

/** Sums held at once: those of a thousand campaigns for years. */
const MOST = 1_000_000;

/** Adds up lines of the same thing, in the order in which things first came. */
export class Sums {
  readonly #all = new Map<string, { line: number; sum: Tree }>();

  constructor(
    readonly how: NonNullable<Shape["sum"]>,
    readonly most = MOST,
  ) {}

  /** @throws ImportError where there are too many to hold. */
  add(line: number, tree: Tree): void {
    const key = this.how.by(tree);
    const known = this.#all.get(key);
    if (known !== undefined) return this.how.add(known.sum, tree);
    if (this.#all.size >= this.most) {
      const most = this.most.toLocaleString("en");
      throw new ImportError(`the file has more than ${most} sums: part it, by days or campaigns`);
    }
    this.#all.set(key, { line, sum: tree });
  }

  all(): Iterable<{ line: number; sum: Tree }> {
    return this.#all.values();
  }
}
