// npm start: the product on the embedded ClickHouse, the demo shop beside it, and demo data in an
// empty store.
import { prepareWorkspace, requireNode } from "./workspace.mjs";

requireNode();
prepareWorkspace();
const { runWithDemo } = await import("./demo-site.mjs");
await runWithDemo();
