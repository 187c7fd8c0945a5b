import AsyncStorage from "@react-native-async-storage/async-storage";
import { type ComponentRef, useEffect, useRef } from "react";
import { AppState } from "react-native";
import { WebView, type WebViewMessageEvent } from "react-native-webview";
import { createWebviewEvents } from "./webview-events";

/** Who the person is in the app; identifiers are UUIDs of version 7. */
export interface Person {
  anonymousId: string;
  sessionId: string;
  userId?: string;
}

interface Props {
  /** Address of the page; its origin is the only one that the app listens to. */
  page: string;
  person: Person;
  host: string;
  writeKey: string;
}

/** Shows a page of the team's, and keeps and sends what its tag measures. */
export function BaliseWebView({ page, person, host, writeKey }: Props) {
  const view = useRef<ComponentRef<typeof WebView>>(null);
  const known = useRef(person);
  const events = useRef(createWebviewEvents({ host, writeKey, store: AsyncStorage })).current;
  const origin = originOf(page);

  const say = (message: object): void => {
    // JSON within JSON is a text that JavaScript reads as it stands, whatever it holds.
    const text = JSON.stringify(JSON.stringify(message));
    const ours = JSON.stringify(origin);
    // The page may have gone elsewhere since it asked: the person is nobody else's to know.
    view.current?.injectJavaScript(
      `location.origin === ${ours} && window.baliseReceive && baliseReceive(${text}); true;`,
    );
  };

  useEffect(() => {
    const last = known.current;
    known.current = person;
    const left = last.userId !== undefined && last.userId !== person.userId;
    // Somebody else: the page forgets the last one before it hears of the next.
    if (last !== person) say({ balise: 1, type: left ? "reset" : "handover", known: person });
  }, [person]);

  useEffect(() => {
    const forward = (): void => void events.forward();
    forward();
    const timer = setInterval(forward, 30_000);
    const listening = AppState.addEventListener("change", forward);
    return () => {
      clearInterval(timer);
      listening.remove();
    };
  }, [events]);

  const hear = async ({ nativeEvent }: WebViewMessageEvent): Promise<void> => {
    // On Android `url` is the page's, also when a frame of it speaks: frames of strangers can
    // make the app keep events, as they could send them, and hear nothing of the answer.
    if (originOf(nativeEvent.url) !== origin) return;
    const answer = await events.hear(nativeEvent.data);
    if (answer) say(answer);
    if (answer?.type === "ack") void events.forward();
  };

  return (
    <WebView
      ref={view}
      source={{ uri: page }}
      originWhitelist={[origin]}
      injectedJavaScriptBeforeContentLoaded={before(origin, person)}
      injectedJavaScriptBeforeContentLoadedForMainFrameOnly
      onMessage={(event) => void hear(event)}
    />
  );
}

/** The person, for the page of this origin alone. */
function before(origin: string, person: Person): string {
  const text = JSON.stringify(JSON.stringify(person));
  return `if (location.origin === ${JSON.stringify(origin)}) window.baliseHandover = ${text}; true;`;
}

/** `https://shop.example`, without what follows. The `URL` of React Native knows no origin. */
function originOf(address: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(address)?.[0].toLowerCase() ?? "";
}
