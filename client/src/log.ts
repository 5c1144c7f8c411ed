import { EventEmitter, LogLevel, type LogOutputChannel, window, workspace } from "vscode";

export interface Log {
  /** The channel "Drydock": what extension and server say. */
  readonly channel: LogOutputChannel;
  /** The same channel for the messages between editor and server, which `drydock.trace.server` turns on. */
  readonly trace: LogOutputChannel;
  /** The latest lines of `channel`, without traces: they quote texts of files, and a bug report must not. */
  recent(): readonly string[];
  dispose(): void;
}

const recentLines = 200;

/** Opens the output channel. */
export function createLog(): Log {
  const channel = window.createOutputChannel("Drydock", { log: true });
  const lines: string[] = [];
  const levels = new EventEmitter<LogLevel>();
  const listener = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("drydock.trace.server")) levels.fire(traceLevel());
  });
  return {
    channel: recorded(channel, lines),
    trace: delegate(channel, {
      get logLevel() {
        return traceLevel();
      },
      onDidChangeLogLevel: levels.event,
      trace: (message) => channel.info(message),
    }),
    recent: () => [...lines],
    dispose() {
      listener.dispose();
      levels.dispose();
      channel.dispose();
    },
  };
}

/** The client library traces only on channels of level Trace; with this the setting alone decides. */
function traceLevel(): LogLevel {
  return workspace.getConfiguration("drydock").get("trace.server", "off") === "off" ? LogLevel.Off : LogLevel.Trace;
}

/** The channel, with its latest lines kept in `lines`. */
function recorded(channel: LogOutputChannel, lines: string[]): LogOutputChannel {
  const record = (level: string, message: string | Error): void => {
    const text = message instanceof Error ? message.message : message;
    lines.push(`${new Date().toISOString()} [${level}] ${text}`);
    if (lines.length > recentLines) lines.shift();
  };
  return delegate(channel, {
    info(message) {
      record("info", message);
      channel.info(message);
    },
    warn(message) {
      record("warning", message);
      channel.warn(message);
    },
    error(message) {
      record("error", message);
      channel.error(message);
    },
  });
}

/** The channel with some members replaced. */
function delegate(channel: LogOutputChannel, replaced: Partial<LogOutputChannel>): LogOutputChannel {
  return new Proxy(channel, {
    get(target, name): unknown {
      const owner = Object.hasOwn(replaced, name) ? replaced : target;
      const value: unknown = Reflect.get(owner, name);
      return typeof value === "function" ? value.bind(owner) : value;
    },
  });
}
