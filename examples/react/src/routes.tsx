import type { RouteObject } from "react-router";
import { Account } from "./pages/account.js";
import { Home } from "./pages/home.js";
import { Lamp } from "./pages/lamp.js";
import { Layout } from "./pages/layout.js";

/** A route's id is the name of its page: it holds no product and no person. */
export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Layout />,
    children: [
      { id: "home", index: true, element: <Home /> },
      { id: "lamp", path: "lamps/:lamp", element: <Lamp /> },
      { id: "account", path: "account", element: <Account /> },
    ],
  },
];
