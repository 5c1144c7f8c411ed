import type { JSX } from "preact";
import type { ContainerImage, ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { readImage } from "../model/images.ts";
import { listAt, omit, textAt } from "../model/json.ts";
import { workloadOf } from "../model/tuning.ts";
import { useApp } from "./context.ts";
import { TextKnob } from "./knob.tsx";

/** What the update changes to: the image of each container, to be typed. */
export function ImageKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { t } = useApp();
  const { containers = [] } = result;
  if (containers.length === 0) return null;
  return (
    <section aria-labelledby="images-section">
      <h2 id="images-section">{t("imagesSection")}</h2>
      {containers.map((container) => (
        <ImageKnob key={container.name} result={result} container={container} />
      ))}
    </section>
  );
}

function ImageKnob({
  result,
  container: { name, image, location },
}: {
  readonly result: ScenarioResult;
  readonly container: ContainerImage;
}): JSX.Element {
  const { state, dispatch, t } = useApp();
  const { images } = state.tuning;
  const typed = images[name];
  const after = listAt(workloadOf(result), "spec", "template", "spec", "containers").find(
    (each) => textAt(each, "name") === name,
  );
  const tune = (change: typeof images): void => dispatch({ type: "tune", knob: "image", change: { images: change } });
  return (
    <TextKnob
      id={`knob-image-${name}`}
      label={name}
      source={location}
      value={typed ?? textAt(after, "image") ?? image}
      read={readImage}
      wrong={t("invalidImage")}
      isUnset={typed === undefined && result.before.how === "same-object"}
      note={typed === undefined ? undefined : t("changedHere", image)}
      onReset={typed === undefined ? undefined : () => tune(omit(images, name))}
      onValue={(value) => tune({ ...images, [name]: value })}
    />
  );
}
