import type { FastifyInstance } from "fastify";

/** Milliseconds for the requests under way: an upload may last for hours. */
const PATIENCE = 1000;

/** Between two looks for connections that have become idle. */
const PAUSE = 20;

/**
 * Takes no more connections, answers what is under way, and ends within about a second. What is cut
 * off was not acknowledged, so its sender sends it again.
 */
export async function closeApp(app: FastifyInstance): Promise<void> {
  // Clients keep a connection for their next request, also one whose last answer was under way.
  const sweep = setInterval(() => app.server.closeIdleConnections(), PAUSE);
  const cut = setTimeout(() => app.server.closeAllConnections(), PATIENCE);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
