import { StrictMode } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { Router } from "./router.js";

/** The document of a path as a stream; its script hydrates it. */
export function render(path: string) {
  return renderToPipeableStream(
    <StrictMode>
      <Router path={path} />
    </StrictMode>,
    { bootstrapModules: ["/client.js"] },
  );
}
