import { setTimeout as pause } from "node:timers/promises";
import type { Disk } from "../disk.js";
import type { Fault } from "../fault.js";
import { cutPower } from "../power-cut.js";
import type { Station } from "../station.js";

const HOUR = 3_600_000;

/** What can happen to one collector, its disk and its clock, for `longest` milliseconds at most. */
export function collectorFaults(station: Station, disk: Disk, longest: number) {
  return {
    kill: {
      name: "kill -9 of the collector",
      run: async () => {
        await station.end("SIGKILL");
        await station.start();
        return 1;
      },
    },
    powerCut: {
      name: "power cut: kill -9, what is unsynced undone",
      run: async (random) => {
        await station.end("SIGKILL");
        station.undone += cutPower(station.spool, station.sabotage.notes(), random);
        await station.start();
        return 1;
      },
    },
    killStarting: {
      name: "kill -9 at once and again while it starts",
      run: async (random) => {
        await station.end("SIGKILL");
        const times = random.whole(1, 3);
        for (let time = 0; time < times; time++) {
          const starting = station.launch();
          await pause(random.whole(50, 1500));
          await starting.end("SIGKILL");
        }
        await station.start();
        return 1 + times;
      },
    },
    restart: {
      name: "SIGTERM, start",
      run: async () => {
        const code = await station.end("SIGTERM");
        if (code !== 0) station.crashes.push(`SIGTERM ended with ${code}`);
        await station.start();
        return 0;
      },
    },
    fullDisk: {
      name: "disk full",
      run: async (random) => {
        disk.fill();
        await pause(random.whole(300, longest));
        disk.free();
        return 0;
      },
    },
    syncFails: {
      name: "fdatasync fails",
      run: async (random) => {
        station.sabotage.order({ syncFails: true });
        await pause(random.whole(300, longest));
        station.sabotage.order({ syncFails: false });
        return 0;
      },
    },
    clock: {
      name: "clock moved by hours",
      run: async (random) => {
        station.sabotage.order({ shiftMs: random.whole(-11, 11) * HOUR });
        await pause(random.whole(300, longest));
        // Back, or on to another wrong time which the next of them mends.
        station.sabotage.order({ shiftMs: random.chance(0.5) ? 0 : random.whole(-11, 11) * HOUR });
        return 0;
      },
    },
  } as const satisfies Record<string, Fault>;
}
