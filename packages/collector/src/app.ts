import cors from "@fastify/cors";
import rateLimit from "@fastify/rate-limit";
import type { Plan, SurveyPlan } from "@balise/schema";
import type { ClickHouseClient } from "@clickhouse/client";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import type { Watch } from "./alerts/watch.js";
import { Answers } from "./answers.js";
import { clientReader } from "./door/client.js";
import { doorkeeper, type RateLimits } from "./door/doorkeeper.js";
import { readHeads } from "./door/head.js";
import { secureHeaders } from "./door/headers.js";
import { cutSlowBodies } from "./door/slow-bodies.js";
import { limitLargeBodies } from "./door/large-bodies.js";
import { type Patience, PATIENCE } from "./door/patience.js";
import type { Places } from "./door/places.js";
import { type Proxies, trustOf } from "./door/proxies.js";
import { explainError, useErrorTable } from "./error-handler.js";
import { HttpError } from "./errors.js";
import type { Eraser } from "./erase/eraser.js";
import { createAccept } from "./ingest/accept.js";
import type { Drain } from "./ingest/drain.js";
import { createPlanCheck } from "./ingest/plan.js";
import { createScrubber, type ScrubberOptions } from "./ingest/scrub/index.js";
import type { Spool } from "./ingest/spool.js";
import { visitorReader } from "./ingest/visitor.js";
import { createMetrics } from "./metrics/registry.js";
import { MIN_GROUP } from "./query/define.js";
import type { Target } from "./query/target.js";
import { batchRoute } from "./routes/batch.js";
import { configRoute } from "./routes/config.js";
import { consoleRoutes } from "./routes/console.js";
import { eraseRoutes } from "./routes/erase.js";
import { exposuresRoute } from "./routes/exposures.js";
import { healthRoutes } from "./routes/health.js";
import { importRoute } from "./routes/import.js";
import { metricsRoute } from "./routes/metrics.js";
import { openapiRoute } from "./routes/openapi.js";
import { pixelRoute } from "./routes/pixel.js";
import { queryRoutes } from "./routes/query.js";
import { scriptRoutes } from "./routes/script.js";
import { surveysRoutes } from "./routes/surveys.js";
import { type Site, siteFinder } from "./sites.js";
import { createConfigs } from "./surveys/configs.js";
import { createPlans } from "./surveys/plans.js";
import { answerUnreadable } from "./unreadable.js";

export interface AppConfig {
  sites: readonly Site[];
  /** Path under which everything is served, such as `/balise`. @default "" */
  basePath?: string;
  /** Whose `X-Forwarded-For` is believed. @default nobody's */
  trustProxy?: Proxies | undefined;
  /** What stays in addresses, properties and traits. @default campaign parameters */
  scrubbing?: ScrubberOptions;
  /** The tracking plan: events that break it are marked, or refused where it says so. @default none */
  plan?: Plan | undefined;
  /** @default none */
  rateLimits?: RateLimits;
  /** The site of all tables, where there is no list of sites: views need no argument for it. */
  singleSite?: string | undefined;
  /** Smallest group that questions show. @default 5 */
  minGroup?: number | undefined;
  /** Plans of surveys that are files, by site. @default none */
  surveyPlans?: ReadonlyMap<string, SurveyPlan> | undefined;
  /** What indicators are to be. @default none */
  targets?: readonly Target[] | undefined;
  /** What differs from the usual. */
  patience?: Partial<Patience>;
}

export interface AppDeps {
  spool: Spool;
  drain: Drain;
  /** For questions; events never wait for it. */
  client: ClickHouseClient;
  /** Without it, nobody is anywhere. */
  places?: Places;
  /** Left out, nothing answers `/v1/erase`. */
  eraser?: Eraser;
  /** For `/metrics`. */
  alerts?: Watch | undefined;
  log?: FastifyBaseLogger;
  now?: () => number;
}

/** Longest address taken: the pixel's event and its key. */
const MAX_PARAMETER = 10_240;

/** Seconds after which a sender may try again: another process has taken over by then. */
const STOP_RETRY = 2;

function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  app.addHook("onRequest", (_request, reply, done) => {
    if (!stopping) return done();
    void reply.header("connection", "close");
    done(new HttpError("stopping", "the collector is stopping: send again", STOP_RETRY));
  });
}

/** The collector as a Fastify instance that listens to nothing yet. */
export async function buildApp(config: AppConfig, deps: AppDeps): Promise<FastifyInstance> {
  const patience = { ...PATIENCE, ...config.patience };
  const answers = new Answers();
  const app = Fastify({
    ...(deps.log === undefined ? { logger: false } : { loggerInstance: deps.log }),
    // A line a request would hold addresses and keys.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustOf(config.trustProxy),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, answers),
    frameworkErrors: (error, _request, reply) => void answers.send(reply, explainError(error)),
    // Answered below, in the words of the table.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    connectionTimeout: patience.silence,
    keepAliveTimeout: patience.keepAlive,
    http: {
      headersTimeout: patience.headers,
      connectionsCheckingInterval: patience.look,
      requireHostHeader: false,
    },
  });
  app.server.maxConnections = patience.connections;
  useErrorTable(app, answers);
  readHeads(app);
  secureHeaders(app, config.trustProxy !== undefined);
  // A webview's origin is `null`. Who may send is checked by the key's site, which also says whether
  // cookies may go along.
  await app.register(cors, {
    // Any, but as text alone: an answer repeats no bytes that a terminal would obey.
    origin: /^[\x21-\x7e]+$/,
    credentials: false,
    // An OPTIONS that is no preflight is answered by the table of errors.
    strictPreflight: false,
    methods: ["GET", "POST"],
    allowedHeaders: ["authorization", "content-encoding", "content-type"],
    maxAge: 86_400,
    exposedHeaders: ["retry-after"],
  });
  // After CORS, so that the tag may read when to try again.
  refuseWhileStopping(app);
  await app.register(rateLimit, { global: false });
  const door = doorkeeper(
    app,
    siteFinder(config.sites),
    clientReader(deps.places, deps.now),
    config.rateLimits ?? { perKey: 0, perAddress: 0 },
  );
  const { plan } = config;
  const accept = createAccept(
    deps.spool,
    deps.now,
    createScrubber(config.scrubbing),
    undefined,
    plan && createPlanCheck(plan),
  );
  deps.eraser?.onErase(accept.forgetLinks);
  const readVisitor = visitorReader();
  const now = deps.now ?? Date.now;
  const surveyPlans = createPlans(deps.client, config.surveyPlans ?? new Map(), now);
  const configs = createConfigs(surveyPlans, deps.client, now, app.log);
  const { spool, drain } = deps;
  const metrics = createMetrics({ accept, spool, drain, answers, alerts: deps.alerts });
  await app.register(
    async (scope) => {
      await scope.register(async (guarded) => {
        door.guard(guarded);
        await guarded.register(async (part) => {
          cutSlowBodies(part, patience.body);
          limitLargeBodies(part);
          await part.register(async (one) =>
            batchRoute(one, {
              accept,
              door,
              readVisitor,
              sites: config.sites,
              now,
              onAcknowledged: metrics.onAcknowledged,
            }),
          );
          await part.register(async (one) =>
            queryRoutes(one, {
              client: deps.client,
              door,
              singleSite: config.singleSite,
              asking: {
                minGroup: config.minGroup ?? MIN_GROUP,
                now,
                plan,
                targets: config.targets,
              },
            }),
          );
          await part.register(async (one) =>
            surveysRoutes(one, { door, plans: surveyPlans, configs }),
          );
          await part.register(async (one) =>
            exposuresRoute(one, { door, configs, client: deps.client, now }),
          );
          const { eraser } = deps;
          if (eraser !== undefined)
            await part.register(async (one) => eraseRoutes(one, { eraser, door }));
        });
        await guarded.register(async (part) => importRoute(part, { accept, door }));
        await configRoute(guarded, { door, configs });
        await pixelRoute(guarded, { accept, door, readVisitor });
      });
      await healthRoutes(scope, { spool, drain });
      await metricsRoute(scope, metrics.registry);
      await openapiRoute(scope, config.basePath ?? "");
      await scriptRoutes(scope);
      await consoleRoutes(scope);
    },
    { prefix: config.basePath ?? "" },
  );
  return app;
}
