import { render } from "preact";
import { App } from "./app.js";
import { I18nProvider } from "./i18n/context.js";

const root = document.getElementById("app");
if (root === null) throw new Error('index.html has no element with id "app"');
render(
  <I18nProvider>
    <App />
  </I18nProvider>,
  root,
);
