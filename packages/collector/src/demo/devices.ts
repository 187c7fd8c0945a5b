import type { Channel } from "@balise/schema";

export type DeviceKind = "desktop" | "mobile" | "tablet" | "bot";

export interface Device {
  kind: DeviceKind;
  weight: number;
  userAgent: string;
  /** Width and height in CSS pixels. */
  screen: string;
  viewport: string;
  channel: Channel;
  /** The app around a webview. */
  app?: string;
}

const KIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const SAFARI_KIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const PHONE = { kind: "mobile", channel: "web", screen: "393x852", viewport: "393x659" } as const;
const ANDROID = { ...PHONE, screen: "412x915", viewport: "412x785" } as const;
const LAPTOP = {
  kind: "desktop",
  channel: "web",
  screen: "1536x864",
  viewport: "1536x730",
} as const;
const SCREEN = {
  kind: "desktop",
  channel: "web",
  screen: "1920x1080",
  viewport: "1903x955",
} as const;
const TABLET = {
  kind: "tablet",
  channel: "web",
  screen: "820x1180",
  viewport: "820x1106",
} as const;
const BOT = { kind: "bot", channel: "web", screen: "800x600", viewport: "800x600" } as const;

export const DEVICES: readonly [Device, ...Device[]] = [
  {
    ...PHONE,
    weight: 21,
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${SAFARI_KIT} Version/18.7 Mobile/15E148 Safari/604.1`,
  },
  {
    ...ANDROID,
    weight: 17,
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
  },
  {
    ...ANDROID,
    weight: 4,
    userAgent: `Mozilla/5.0 (Linux; Android 15; SM-S921B) ${KIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
  },
  {
    ...PHONE,
    weight: 6,
    channel: "webview",
    app: "shop-ios/4.12.0",
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${SAFARI_KIT} Mobile/15E148`,
  },
  {
    ...ANDROID,
    weight: 6,
    channel: "webview",
    app: "shop-android/4.11.2",
    userAgent: `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240805.005; wv) ${KIT} Version/4.0 Chrome/141.0.7390.97 Mobile Safari/537.36`,
  },
  {
    ...LAPTOP,
    weight: 17,
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/142.0.0.0 Safari/537.36`,
  },
  {
    ...SCREEN,
    weight: 7,
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
  },
  {
    ...SCREEN,
    weight: 5,
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
  },
  {
    ...LAPTOP,
    weight: 7,
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI_KIT} Version/18.6 Safari/605.1.15`,
  },
  {
    ...LAPTOP,
    weight: 2,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
  },
  {
    ...TABLET,
    weight: 4,
    userAgent: `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${SAFARI_KIT} Version/18.6 Mobile/15E148 Safari/604.1`,
  },
  {
    ...TABLET,
    weight: 3,
    userAgent: `Mozilla/5.0 (Linux; Android 14; SM-X710) ${KIT} Chrome/142.0.0.0 Safari/537.36`,
  },
  {
    ...BOT,
    weight: 0.7,
    userAgent: `Mozilla/5.0 ${KIT}; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/142.0.0.0 Safari/537.36`,
  },
  {
    ...BOT,
    weight: 0.4,
    userAgent: "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  },
];
