import { type Browser, devices, type Page } from "playwright-core";
import { type Complaints, openVisitor } from "./browser.js";

/** The shop's way to an order. */
export const STEPS = [
  "page_view",
  "product_viewed",
  "cart_added",
  "delivery_chosen",
  "payment_submitted",
  "order_completed",
];

const MOBILE = { ...devices["iPhone 15"], locale: "fr-FR" };

const ACCEPTED = "4242 4242 4242 4242";
const REFUSED = "4000 0000 0000 0002";

/**
 * Who comes to the shop; a visitor's comment is what must be counted. Each `go` ends when the
 * visitor has left.
 */
export function visitorsOf(
  browser: Browser,
  complaints: Complaints,
  shop: string,
): Record<string, () => Promise<void>> {
  const enter = async (options = {}): Promise<Page> => {
    const page = await openVisitor(browser, complaints, options);
    await page.goto(shop);
    return page;
  };
  return {
    /** All six steps. */
    anonymousBuyer: async () => {
      const page = await enter();
      await addToCart(page, "galet");
      await buy(page);
      await page.close();
    },
    /** All six steps: the first three before the login belong to the person that it names. */
    buyerAfterLogin: async () => {
      const page = await enter();
      await addToCart(page, "heron");
      await login(page, "ada@example.com");
      await buy(page);
      await page.close();
    },
    /** All six steps, by one person in two sessions; the last is on a telephone. */
    buyerOnTwoDevices: async () => {
      const first = await enter();
      await addToCart(first, "lune");
      await login(first, "grace@example.com");
      await first.close();
      const second = await enter(MOBILE);
      await login(second, "grace@example.com");
      await second.getByTestId("home").click();
      await addToCart(second, "brume");
      await buy(second);
      await second.close();
    },
    /** Three steps. */
    leavesAtTheCart: async () => {
      const page = await enter();
      await addToCart(page, "phare");
      await page.getByTestId("go-to-cart").click();
      await page.getByTestId("to-delivery").waitFor();
      await page.close();
    },
    /** Three steps: the click is the last thing before the tab is closed. */
    leavesRightAfterTheClick: async () => {
      const page = await enter();
      await page.getByTestId("product-galet").click();
      await page.getByTestId("add-to-cart").click();
      await page.close();
    },
    /** Five steps. */
    paymentFails: async () => {
      const page = await enter();
      await addToCart(page, "canopee");
      await goToPayment(page);
      await pay(page, REFUSED);
      await page.getByTestId("refused").waitFor();
      await page.close();
    },
    /** Four steps, on a telephone. */
    mobileLeavesAtThePayment: async () => {
      const page = await enter(MOBILE);
      await addToCart(page, "galet");
      await goToPayment(page);
      await page.close();
    },
    /** Two steps. */
    looksAtAProduct: async () => {
      const page = await enter();
      await page.getByTestId("product-lune").click();
      await page.getByTestId("add-to-cart").waitFor();
      await page.goto("about:blank");
      await page.close();
    },
    /** One step. */
    bounces: async () => {
      const page = await enter();
      await page.getByTestId("product-lune").waitFor();
      await page.close();
    },
  };
}

async function addToCart(page: Page, product: string): Promise<void> {
  await page.getByTestId(`product-${product}`).click();
  await page.getByTestId("add-to-cart").click();
  await page.getByTestId("go-to-cart").waitFor();
}

async function login(page: Page, email: string): Promise<void> {
  await page.getByTestId("login-link").click();
  await page.getByTestId("email").fill(email);
  await page.getByTestId("password").fill("demo");
  await page.getByTestId("login").click();
  await page.getByTestId("view-overview").waitFor();
}

async function goToPayment(page: Page): Promise<void> {
  await page.getByTestId("cart-link").click();
  await page.getByTestId("to-delivery").click();
  await page.getByTestId("delivery-express").check();
  await page.getByTestId("to-payment").click();
  await page.getByTestId("pay").waitFor();
}

async function pay(page: Page, card: string): Promise<void> {
  await page.getByTestId("card-name").fill("Ada Lovelace");
  await page.getByTestId("card-number").fill(card);
  await page.getByTestId("pay").click();
}

async function buy(page: Page): Promise<void> {
  await goToPayment(page);
  await pay(page, ACCEPTED);
  await page.getByTestId("thanks").waitFor();
}
