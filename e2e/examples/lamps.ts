import type { Page } from "playwright-core";

/** Two lamps, back to the first, then the account: the examples with a router show the same site. */
export async function visitLamps(page: Page): Promise<void> {
  const click = (role: "link" | "button", name: string): Promise<void> =>
    page.getByRole(role, { name, exact: true }).click();
  await click("link", "Heron");
  await click("button", "Add to the cart");
  await click("link", "See galet");
  await page.getByRole("heading", { name: "Lamp galet" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Lamp heron" }).waitFor();
  await click("link", "Account");
  await click("button", "Sign in");
  await click("button", "Sign out");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
}

export const LAMPS_COLUMNS =
  "name, page_name, page_path, page_title, area, properties, value, user_id";

/** What that visit tells; a lamp's page has the title that the example gives it. */
export function lampsEvents(titleOf: (lamp: string) => string): object[] {
  const plain = { properties: {}, value: null, user_id: "" };
  const home = { page_name: "home", page_path: "/", page_title: "Lamps", area: "public" };
  const shown = (lamp: string): object[] => {
    const here = {
      page_name: "lamp",
      page_path: `/lamps/${lamp}`,
      page_title: titleOf(lamp),
      area: "public",
    };
    return [
      { name: "page_view", ...here, ...plain },
      { name: "lamp_viewed", ...here, ...plain, properties: { lamp } },
    ];
  };
  const account = {
    page_name: "account",
    page_path: "/account",
    page_title: "Account",
    area: "connected",
  };
  const user = { ...plain, user_id: "customer-42" };
  const [, heron] = shown("heron");
  return [
    { name: "page_view", ...home, ...plain },
    ...shown("heron"),
    { ...heron, name: "cart_added", value: 49, properties: { lamp: "heron", quantity: 1 } },
    ...shown("galet"),
    ...shown("heron"),
    { name: "page_view", ...account, ...plain },
    { name: "identify", ...account, ...user },
    { name: "signed_out", ...account, ...user },
  ];
}
