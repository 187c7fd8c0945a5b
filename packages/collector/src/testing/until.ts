/** Waits for a condition, asking again and again; fails after ten seconds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  patience = 10_000,
): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end)
      throw new Error(`waited ${patience} ms in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
