export interface Port {
  /** Gives back the app's reply, or a promise of it, where the shell has replies. */
  postMessage(text: string): unknown;
  /** Replies, where Android gives them by a `WebMessageListener`. */
  addEventListener?: (type: "message", hear: (event: { data: unknown }) => void) => void;
}

/** What the shells of apps put into the pages that they show. */
export interface Shell {
  /** iOS and macOS: `WKScriptMessageHandler`, with replies or without. */
  webkit?: { messageHandlers?: { balise?: Port } };
  /** Android: `addJavascriptInterface` or `addWebMessageListener`. */
  BaliseAndroid?: Port;
  /** Flutter: `JavaScriptChannel` of webview_flutter. */
  Balise?: Port;
  ReactNativeWebView?: Port;
  /** Flutter: flutter_inappwebview. */
  flutter_inappwebview?: { callHandler: (name: string, text: string) => unknown };
  /** Who the person is, put there by the app before the page loads. */
  baliseHandover?: unknown;
  /** Where the app says its messages: an object or its JSON text. True when it was a message. */
  baliseReceive?: (message: unknown) => true | undefined;
}

/** The way to the app around the page, if there is one by now. */
export function findPort(shell: Shell): Port | undefined {
  const flutter = shell.flutter_inappwebview;
  return (
    shell.webkit?.messageHandlers?.balise ??
    shell.BaliseAndroid ??
    shell.Balise ??
    shell.ReactNativeWebView ??
    (flutter && { postMessage: (text) => flutter.callHandler("balise", text) })
  );
}
