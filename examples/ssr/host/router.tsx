import Layout from "../app/layout.js";
import LampPage from "../app/lamps/[lamp]/page.js";
import Home from "../app/page.js";

/** The document of a path. */
export function Router({ path }: { path: string }) {
  const lamp = /^\/lamps\/([a-z]+)$/.exec(path)?.[1];
  return <Layout>{lamp === undefined ? <Home /> : <LampPage params={{ lamp }} />}</Layout>;
}
