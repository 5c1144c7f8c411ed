import type { ComponentChildren, JSX } from "preact";
import type { PlacedMessage, ScenarioResult } from "../../../server/src/protocol/webview.ts";
import type { State } from "../store.ts";
import type { Translate } from "../strings.ts";
import { revealer, useApp } from "./context.ts";

/** Before the first answer. */
export function Waiting(): JSX.Element {
  const { t } = useApp();
  return (
    <main class="empty" aria-busy="true">
      {t("waiting")}
    </main>
  );
}

/** While the first rollout of many pods is simulated. */
export function Calculating(): JSX.Element {
  const { t } = useApp();
  return (
    <p class="empty" role="status" aria-busy="true">
      {t("calculating")}
    </p>
  );
}

type Nothing = NonNullable<State["nothing"]>;

/** There is no object to simulate, and what to do. */
export function NothingHere({ nothing }: { readonly nothing: Nothing }): JSX.Element {
  const { t } = useApp();
  return (
    <main class="empty">
      <h1>{t("nothingHere")}</h1>
      <p>{reasonOf(nothing, t)}</p>
    </main>
  );
}

function reasonOf({ why, object }: Nothing, t: Translate): string {
  if (why === "no-server") return t("noServer");
  return object === undefined ? t("noObject") : t("objectGone", object);
}

/** The API server's words instead of a simulation, each with the line that it is about. */
export function Rejected({ messages }: { readonly messages: readonly string[] }): JSX.Element {
  const app = useApp();
  const placed = app.state.result?.rejected ?? [];
  const own = messages.filter((message) => placed.every((each) => each.message !== message));
  return (
    <section class="rejected" role="alert">
      <h2>{app.t("rejectedTitle")}</h2>
      <ul>
        {placed.map((each) => (
          <Placed key={each.message} message={each}>
            <code>{each.message}</code>
          </Placed>
        ))}
        {own.map((message) => (
          <li key={message}>
            <code>{message}</code>
          </li>
        ))}
      </ul>
      <p class="dim">{app.t(placed.length > 0 ? "rejectedNote" : "rejectedByKnobs")}</p>
    </section>
  );
}

/** What a person should know of the objects. */
export function Notices({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, t } = useApp();
  const { nothing } = state;
  return (
    <>
      {nothing !== undefined && (
        <p class="say warning stale" role="status">
          {reasonOf(nothing, t)} <span class="dim">{t("lastState")}</span>
        </p>
      )}
      {result.notices.length > 0 && (
        <ul class="notices" aria-label={t("notices")}>
          {result.notices.map((each, index) => (
            <Placed key={index} message={each}>
              {each.message}
            </Placed>
          ))}
        </ul>
      )}
    </>
  );
}

/** A message that leads to its place. */
function Placed({
  message: { location },
  children,
}: {
  readonly message: PlacedMessage;
  readonly children: ComponentChildren;
}): JSX.Element {
  const app = useApp();
  const reveal = revealer(app, location);
  return (
    <li>
      {reveal === undefined ? (
        children
      ) : (
        <button class="link" onClick={reveal}>
          {children}
        </button>
      )}
    </li>
  );
}
