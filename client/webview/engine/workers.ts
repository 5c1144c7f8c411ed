import type { carryOut, Job, JobAnswer, StepsRequest } from "./jobs.ts";

/** A job that is being computed. */
export interface Work {
  /** Asks a finished run for more. */
  readonly ask: (request: StepsRequest) => void;
  /** Ends it, whatever it is doing: nothing is answered any more. */
  readonly stop: () => void;
}

/** Computes beside the page, so that it stays smooth. */
export interface Workers {
  readonly start: (job: Job, answer: (answer: JobAnswer) => void) => Work;
}

/**
 * One worker for each job: ending it is the only way to stop a simulation that nobody wants any more.
 * VS Code's webviews start workers from blobs alone, so the engine's script is fetched for them. Where that is not possible, jobs run in the page.
 */
export function createWorkers(script: string | undefined, inPage: typeof carryOut): Workers {
  const source = script === undefined ? Promise.resolve(undefined) : blobOf(script);
  return {
    start(job, answer) {
      const { port1: own, port2: other } = new MessageChannel();
      let worker: Worker | undefined;
      let isStopped = false;
      own.onmessage = ({ data }: MessageEvent<JobAnswer>) => answer(data);
      void source.then((url) => {
        if (isStopped) return;
        worker = url === undefined ? undefined : workerOf(url);
        if (worker === undefined) inPage(job, other);
        else worker.postMessage(job, [other]);
      });
      return {
        ask: (request) => own.postMessage(request),
        stop() {
          isStopped = true;
          worker?.terminate();
          own.close();
        },
      };
    },
  };
}

async function blobOf(script: string): Promise<string | undefined> {
  try {
    const response = await fetch(script);
    return response.ok ? URL.createObjectURL(await response.blob()) : undefined;
  } catch {
    return undefined;
  }
}

function workerOf(url: string): Worker | undefined {
  try {
    return new Worker(url);
  } catch {
    return undefined;
  }
}
