import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const client = {
  outDir: "dist/client",
  rolldownOptions: { input: "host/hydrate.tsx", output: { entryFileNames: "client.js" } },
};

/** The same pages for the browser and, with `--ssr`, for the server. */
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  build: isSsrBuild ? { outDir: "dist/server" } : client,
  // The server imports the published package as it is.
  ssr: { external: ["@balise/sdk"] },
}));
