import type { TagName } from "./tags.js";

export interface Answer {
  status: number;
  body: string | object;
}

type Route = [method: "GET" | "POST", path: RegExp, answer: Answer];

const ok = (body: string | object, status = 200): Answer => ({ status, body });

/** What the services of the peers answer for a plain project: nothing optional is switched on. */
export const ANSWERS: Record<Exclude<TagName, "balise">, Route[]> = {
  posthog: [
    ["POST", /^\/(e|i\/v0\/e)\/$/, ok({ status: "Ok" })],
    ["POST", /^\/flags\/$/, ok({ flags: {}, errorsWhileComputingFlags: false, requestId: "1" })],
    [
      "GET",
      /^\/array\/[^/]+\/config$/,
      ok({
        supportedCompression: ["gzip", "gzip-js"],
        hasFeatureFlags: false,
        captureDeadClicks: false,
        capturePerformance: false,
        autocapture_opt_out: false,
        autocaptureExceptions: false,
        analytics: { endpoint: "/i/v0/e/" },
        elementsChainAsString: true,
        sessionRecording: false,
        heatmaps: false,
        surveys: false,
        productTours: false,
        logs: {},
        conversations: false,
        defaultIdentifiedOnly: true,
        siteApps: [],
      }),
    ],
    ["GET", /^\/array\/[^/]+\/config\.js$/, { status: 404, body: "" }],
    // The code of surveys, which it asks for even where there are none.
    ["GET", /^\/static\/[^?]+\.js$/, ok("")],
  ],
  snowplow: [["POST", /^\/com\.snowplowanalytics\.snowplow\/tp2$/, ok("ok")]],
  segment: [
    ["POST", /^\/v1\/[tpimgab]$/, ok({ success: true })],
    [
      "GET",
      /^\/v1\/projects\/[^/]+\/settings$/,
      ok({
        integrations: { "Segment.io": { apiKey: "key", unbundledIntegrations: [] } },
        plan: { track: { __default: { enabled: true, integrations: {} } } },
        edgeFunction: {},
        enabledMiddleware: {},
        metrics: { sampleRate: 0 },
        remotePlugins: [],
      }),
    ],
  ],
  amplitude: [
    ["POST", /^\/2\/httpapi$/, ok({ code: 200 })],
    ["GET", /^\/config/, ok({ configs: { analyticsSDK: { browserSDK: {} } } })],
  ],
  mixpanel: [["POST", /^\/(track|engage|groups)\/?$/, ok({ status: 1, error: null })]],
  rudderstack: [
    ["POST", /^\/v1\/(track|page|identify)$/, ok("OK")],
    [
      "GET",
      /^\/sourceConfig\/?$/,
      ok({
        source: {
          id: "source",
          name: "bench",
          writeKey: "key",
          enabled: true,
          workspaceId: "workspace",
          config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
          destinations: [],
          connections: [],
          dataplanes: {},
        },
        updatedAt: "2026-01-01T00:00:00.000Z",
      }),
    ],
  ],
  plausible: [["POST", /^\/api\/event$/, ok("ok", 202)]],
  openpanel: [["POST", /^\/track$/, ok({ deviceId: "device", sessionId: "session" })]],
  swetrix: [["POST", /^\/log\/(custom|hb|error)?$/, ok({}, 201)]],
  rybbit: [
    ["POST", /^\/api\/(track|identify)$/, ok({ success: true })],
    [
      "GET",
      /^\/api\/site\/tracking-config\/[^/]+$/,
      ok({
        sessionReplay: false,
        webVitals: false,
        trackErrors: false,
        trackOutbound: true,
        trackUrlParams: true,
        trackInitialPageView: true,
        trackSpaNavigation: true,
        trackButtonClicks: false,
        trackCopy: false,
        trackFormInteractions: false,
      }),
    ],
  ],
};
