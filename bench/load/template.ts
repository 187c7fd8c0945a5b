import { requestBytes } from "./request.js";

/** Devices that the events are of. */
const DEVICES = 50_000;

const NAMES = ["page_view", "product_viewed", "cart_added", "order_completed"];

/** Stands in the template where a number goes, as twelve hexadecimal digits. */
const ID = "0fffffffffff";
const DEVICE = "0ddddddddddd";
const TIME = "1799999999999";

/**
 * The bytes of a batch whose ids, devices and times are written anew for each request: JSON made
 * for every event would cost the sender more than the collector spends on it.
 */
export class BatchTemplate {
  readonly #bytes: Buffer;
  readonly #ids: number[];
  readonly #devices: number[];
  readonly #times: number[];

  /** `lane` tells the ids of one connection from those of the others; 0 to 65,535. */
  constructor(
    url: string,
    writeKey: string,
    readonly events: number,
    lane: number,
  ) {
    const mark = lane.toString(16).padStart(4, "0");
    const body = JSON.stringify({
      writeKey,
      sentAt: Number(TIME),
      events: Array.from({ length: events }, (_, place) => eventOf(mark, place)),
    });
    const to = new URL(`${url}/v1/batch?k=${writeKey}`);
    const headers = { "content-type": "application/json", "user-agent": USER_AGENT };
    this.#bytes = requestBytes("POST", to, headers, Buffer.from(body));
    this.#ids = placesOf(this.#bytes, ID);
    this.#devices = placesOf(this.#bytes, DEVICE);
    this.#times = placesOf(this.#bytes, TIME);
  }

  /** The request of this number. Its bytes change with the next call: one request at a time. */
  request(number: number, now: number): Buffer {
    const first = number * this.events;
    this.#ids.forEach((at, place) => this.#write(at, (first + place).toString(16), ID.length));
    this.#devices.forEach((at, place) =>
      this.#write(at, ((first + place) % DEVICES).toString(16), DEVICE.length),
    );
    for (const at of this.#times) this.#write(at, String(now), TIME.length);
    return this.#bytes;
  }

  #write(at: number, digits: string, width: number): void {
    this.#bytes.write(digits.padStart(width, "0"), at, "latin1");
  }
}

const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

function eventOf(mark: string, place: number): object {
  return {
    id: `01900000-${mark}-7000-8000-${ID}`,
    name: NAMES[place % NAMES.length],
    occurredAt: Number(TIME),
    anonymousId: `01900000-${mark}-7000-9000-${DEVICE}`,
    sessionId: `01900000-${mark}-7000-a000-${DEVICE}`,
    channel: "web",
    area: "public",
    page: {
      url: "https://shop.example/products/12?color=red",
      title: "A lamp",
      referrer: "https://shop.example/",
    },
    properties: { product: `p${place}`, category: "lamps", price: 49.9, stock: true },
    context: {
      locale: "fr-FR",
      timezone: "Europe/Paris",
      screen: "1920x1080",
      viewport: "1200x800",
      sdk: "balise-js/0.1.0",
    },
  };
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}
