import { expect, test } from "vitest";
import { acquisitionChannel } from "../ingest/acquisition.js";
import { readDevice } from "../ingest/user-agent.js";
import { RETURNS, SOURCES } from "./channels.js";
import { DEVICES } from "./devices.js";

test.for(DEVICES.map((device) => [device.userAgent, device] as const))(
  "the collector reads %s as what it stands for",
  ([userAgent, { kind }]) => {
    const read = readDevice(userAgent);
    expect(read.bot).toBe(kind === "bot");
    expect(read.device).toBe(kind === "bot" ? "" : kind);
  },
);

test("every device has a header of its own", () => {
  expect(new Set(DEVICES.map(({ userAgent }) => userAgent)).size).toBe(DEVICES.length);
});

test.for([...SOURCES, ...RETURNS])(
  "the collector finds the channel $channel of $referrer $query",
  ({ channel, campaign, referrer }) => {
    expect(acquisitionChannel(campaign, referrer, "https://shop.example/")).toBe(channel);
  },
);
