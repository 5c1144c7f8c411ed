import type { JSX } from "preact";
import type { KnobValues, ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { serviceOf } from "../model/balancing.ts";
import { changedImages } from "../model/images.ts";
import { type ApiObject, idOf } from "../model/json.ts";
import { changedValues, tuned, workloadOf } from "../model/tuning.ts";
import { isTuned, type State } from "../store.ts";
import type { Translate } from "../strings.ts";
import { useApp } from "./context.ts";

/** Brings what was tried into the manifest, or elsewhere. */
export function UseIt({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, engine, dispatch, post, t } = useApp();
  const target = state.tab === "balancing" ? serviceOf(result) : workloadOf(result);
  const values: KnobValues = state.tab === "balancing" ? state.balancing.values : changedValues(target, state.tuning);
  const images = state.tab === "balancing" ? {} : changedImages(result, state.tuning.images);
  const changed = [...Object.entries(values), ...Object.entries(images)].map(
    ([field, value]) => `${field}: ${String(value)}`,
  );
  const copy = (): void => {
    post({ type: "copy", text: JSON.stringify(tuned(engine, result, state.tuning), undefined, 2) });
    dispatch({ type: "copied" });
  };
  const write = (object: ApiObject): void =>
    post({
      type: "write",
      object: idOf(object),
      values,
      ...(Object.keys(images).length === 0 ? {} : { images }),
    });
  return (
    <section aria-labelledby="use-section">
      <h2 id="use-section">{t("useSection")}</h2>
      <div class="buttons">
        <button
          class="primary"
          disabled={changed.length === 0 || target === undefined}
          aria-describedby="write-note"
          onClick={() => target !== undefined && write(target)}
        >
          {t("write")}
        </button>
        <button class="secondary" onClick={copy}>
          {t("copy")}
        </button>
        {isTuned(state) && (
          <button class="secondary" onClick={() => dispatch({ type: "resetAll" })}>
            {t("resetAll")}
          </button>
        )}
      </div>
      <p class="toast" role="status">
        {noticeText(state.notice, t)}
      </p>
      <p class="note" id="write-note" hidden={state.notice !== undefined}>
        {changed.length === 0 ? t("writeNothing") : t("writeValues", changed.join(", "))}
      </p>
    </section>
  );
}

/** What came of the last of these buttons. */
function noticeText(notice: State["notice"], t: Translate): string {
  if (notice === undefined) return "";
  const texts = { written: t("written"), failed: t("writeFailed"), copied: t("copied") };
  return `${texts[notice.kind]} ${notice.message ?? ""}`.trimEnd();
}
