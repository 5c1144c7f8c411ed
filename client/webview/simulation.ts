import type {} from "./engine/engine.ts";
import { carryOut, type Job } from "./engine/jobs.ts";
import { rollouts } from "./engine/rollouts.ts";

if (typeof window === "undefined") serveJob();
else {
  window.drydockSimulation = rollouts;
  window.drydockCarryOut = carryOut;
}

/** In a worker: its one job comes with the port for the answers. */
function serveJob(): void {
  addEventListener("message", ({ data, ports }: MessageEvent<Job>) => {
    const [port] = ports;
    if (port !== undefined) carryOut(data, port);
  });
}
