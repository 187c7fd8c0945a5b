import { useI18n } from "../i18n/context.js";
import type { Route } from "../state/route.js";
import { Icon } from "./icon.js";
import { Logo } from "./logo.js";

interface Properties {
  /** Null at the key gate: there is nowhere to go yet. */
  page: Route["page"] | null;
  onSignOut: () => void;
}

const PAGES = ["funnel", "live"] as const;

export function Header({ page, onSignOut }: Properties) {
  const { text, language, setLanguage } = useI18n();
  return (
    <header class="header">
      <div class="header-inner">
        {page !== null && (
          <>
            <Logo />
            <nav aria-label={text.app.nav} class="nav">
              {PAGES.map((name) => (
                <a
                  key={name}
                  href={`#/${name}`}
                  aria-current={page === name ? "page" : undefined}
                  data-testid={`nav-${name}`}
                >
                  {text.app[name]}
                </a>
              ))}
            </nav>
          </>
        )}
        <div class="header-end">
          <button
            type="button"
            class="button button-quiet"
            data-testid="language"
            lang={text.language.otherCode}
            aria-label={text.language.other}
            onClick={() => setLanguage(language === "en" ? "fr" : "en")}
          >
            <span class="wide-only">{text.language.other}</span>
            <span class="narrow-only">{text.language.otherShort}</span>
          </button>
          {page !== null && (
            <button
              type="button"
              class="button button-quiet"
              data-testid="sign-out"
              aria-label={text.app.signOut}
              onClick={onSignOut}
            >
              <Icon name="signOut" />
              <span class="wide-only">{text.app.signOut}</span>
            </button>
          )}
        </div>
      </div>
    </header>
  );
}
