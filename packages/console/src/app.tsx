import { useEffect, useRef } from "preact/hooks";
import { FunnelPage } from "./funnel/funnel-page.js";
import { useI18n } from "./i18n/context.js";
import { LivePage } from "./live/live-page.js";
import { KeyGate } from "./session/key-gate.js";
import { useSession } from "./session/use-session.js";
import { useRoute } from "./state/use-route.js";
import { Announcer } from "./ui/announcer.js";
import { Header } from "./ui/header.js";

/** The console: the key first, then the page that the address names. */
export function App() {
  const { text } = useI18n();
  const session = useSession();
  const [route, navigate] = useRoute();
  const main = useRef<HTMLElement>(null);
  const page = session.ask === null ? null : route.page;

  useEffect(() => {
    const title = page === null ? text.key.title : text.app[page];
    document.title = `${title} · Balise`;
  }, [page, text]);

  // A change of page moves the focus to it, as a load would; the first page keeps it as it is.
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current !== page) main.current?.focus({ preventScroll: true });
    shown.current = page;
  }, [page]);

  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // The hash is the address of the page: following the link would lose the state.
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {text.app.skip}
      </a>
      <Header page={page} onSignOut={session.close} />
      {session.ask === null ? (
        <KeyGate ended={session.ended} onKey={session.open} />
      ) : (
        <main id="main" ref={main} class="page" tabIndex={-1}>
          {route.page === "live" ? (
            <LivePage
              ask={session.ask}
              state={route.state}
              onState={(state) => navigate({ page: "live", state }, "replace")}
            />
          ) : (
            <FunnelPage ask={session.ask} state={route.state} navigate={navigate} />
          )}
        </main>
      )}
      <Announcer />
    </>
  );
}
