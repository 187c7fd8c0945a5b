import "../instrumentation-client.js";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { Router } from "./router.js";

hydrateRoot(
  document,
  <StrictMode>
    <Router path={location.pathname} />
  </StrictMode>,
);
