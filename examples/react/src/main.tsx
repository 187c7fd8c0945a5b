import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { BaliseProvider } from "./balise.js";
import { routes } from "./routes.js";
import { tag } from "./tag.js";

const root = document.querySelector("#root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <BaliseProvider tag={tag}>
      <RouterProvider router={createBrowserRouter(routes)} />
    </BaliseProvider>
  </StrictMode>,
);
