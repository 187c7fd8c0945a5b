import { useEffect, useRef } from "preact/hooks";
import { FunnelPage } from "./funnel/funnel-page.js";
import { useI18n } from "./i18n/context.js";
import { LivePage } from "./live/live-page.js";
import { TopicPage } from "./pages/topic-page.js";
import { KeyGate } from "./session/key-gate.js";
import { useSession } from "./session/use-session.js";
import { useRoute } from "./state/use-route.js";
import { Announcer } from "./ui/announcer.js";
import { Header } from "./ui/header.js";
import { useAnswer } from "./ui/use-answer.js";

/** The console: the key first, then the page that the address names. */
export function App() {
  const { text } = useI18n();
  const session = useSession();
  const [route, navigate] = useRoute();
  const main = useRef<HTMLElement>(null);
  const { access } = session;
  const page = access === null ? null : route.page;
  // Once for all pages: the list changes with the collector's version alone.
  const list = useAnswer(
    (signal) => (access === null ? Promise.resolve([]) : access.questions.list(signal)),
    access === null ? null : "list",
    access,
  );

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
      <Header page={page} scope={route.state} onSignOut={session.close} />
      {access === null ? (
        <KeyGate ended={session.ended} onKey={session.open} />
      ) : (
        <main id="main" ref={main} class="page" tabIndex={-1}>
          {route.page === "live" ? (
            <LivePage
              ask={access.ask}
              state={route.state}
              onState={(state) => navigate({ page: "live", state }, "replace")}
            />
          ) : route.page === "funnel" ? (
            <FunnelPage
              ask={access.ask}
              questions={access.questions}
              {...{ list, navigate }}
              state={route.state}
            />
          ) : (
            <TopicPage
              key={route.page}
              page={route.page}
              list={list}
              questions={access.questions}
              state={route.state}
              onState={(state, how) => navigate({ page: route.page, state }, how)}
            />
          )}
        </main>
      )}
      <Announcer />
    </>
  );
}
