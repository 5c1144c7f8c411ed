import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { SourceLocation } from "../../../server/src/protocol/webview.ts";
import { revealer, useApp } from "./context.ts";

export interface KnobFrame {
  readonly id: string;
  readonly label: string;
  /** Where the manifest sets it; a knob that no manifest sets looks unset. */
  readonly source?: SourceLocation | undefined;
  readonly isUnset?: boolean | undefined;
  /** What stands beside the value: what it comes to. */
  readonly effective?: string | undefined;
  readonly note?: string | undefined;
  /** Takes a changed value back; absent where nothing is changed. */
  readonly onReset?: (() => void) | undefined;
}

/** Name, value and note of one knob; the name leads to the line of the manifest. */
export function Knob({ children, ...frame }: KnobFrame & { readonly children: ComponentChildren }): JSX.Element {
  const app = useApp();
  const { id, label, source, isUnset = false, effective, note, onReset } = frame;
  const reveal = revealer(app, source);
  return (
    <div class={`knob${isUnset ? " unset" : ""}${onReset === undefined ? "" : " changed"}`}>
      <label for={id}>{label}</label>
      {reveal !== undefined && (
        <button
          class="source"
          title={app.t("showInManifest", label)}
          aria-label={app.t("showInManifest", label)}
          onClick={reveal}
        >
          ↗
        </button>
      )}
      {onReset !== undefined && (
        <button class="source" title={app.t("reset")} aria-label={`${app.t("reset")}: ${label}`} onClick={onReset}>
          ↺
        </button>
      )}
      {children}
      {effective !== undefined && <output for={id}>{effective}</output>}
      {note !== undefined && (
        <span class="note" id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  );
}

export interface SliderProps extends KnobFrame {
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly step?: number;
  /** The value as text, for the eye and for screen readers. */
  readonly text?: string;
  /** Reads what the person typed; `undefined` where it is no value. */
  readonly read?: (text: string) => number | string | undefined;
  /** `moving`: more may follow, until the focus leaves the slider. */
  readonly onValue: (value: number, moving: boolean) => void;
  readonly onText?: (value: number | string) => void;
}

/** A slider with its value in a field, so that exact values can be typed. */
export function Slider({
  value,
  min = 0,
  max,
  step = 1,
  text = String(value),
  read,
  onValue,
  onText,
  ...frame
}: SliderProps): JSX.Element {
  const { dispatch } = useApp();
  const share = max === min ? 0 : (Math.min(max, Math.max(min, value)) - min) / (max - min);
  return (
    <Knob {...frame}>
      {read === undefined || onText === undefined ? (
        <output class="value" for={frame.id}>
          {text}
        </output>
      ) : (
        <TypedValue text={text} label={frame.label} read={read} onText={onText} />
      )}
      <input
        id={frame.id}
        type="range"
        min={min}
        max={Math.max(max, value)}
        step={step}
        value={value}
        aria-valuetext={[text, frame.effective].filter(Boolean).join(" ")}
        aria-describedby={frame.note === undefined ? undefined : `${frame.id}-note`}
        style={{ "--share": `${(share * 100).toFixed(1)}%` }}
        onInput={({ currentTarget }) => onValue(Number(currentTarget.value), true)}
        onBlur={() => dispatch({ type: "settle" })}
      />
    </Knob>
  );
}

function TypedValue({
  text,
  label,
  read,
  onText,
}: Required<Pick<SliderProps, "text" | "read" | "onText">> & { readonly label: string }): JSX.Element {
  const { t } = useApp();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? text;
  const isWrong = typed !== undefined && read(typed.trim()) === undefined;
  return (
    <input
      class="value"
      type="text"
      aria-label={label}
      aria-invalid={isWrong}
      title={isWrong ? t("invalidNumber") : undefined}
      value={shown}
      style={{ width: `calc(${Math.max(2, shown.length)}ch + 18px)` }}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onChange={() => {
        const value = read((typed ?? text).trim());
        setTyped(undefined);
        if (value !== undefined) onText(value);
      }}
    />
  );
}

export interface SelectProps extends KnobFrame {
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onValue: (value: string) => void;
}

/** A choice of a few values. */
export function Select({ value, options, onValue, ...frame }: SelectProps): JSX.Element {
  return (
    <Knob {...frame}>
      <select
        id={frame.id}
        value={value}
        aria-describedby={frame.note === undefined ? undefined : `${frame.id}-note`}
        onChange={({ currentTarget }) => onValue(currentTarget.value)}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </Knob>
  );
}

export interface TextProps extends KnobFrame {
  readonly value: string;
  /** Reads what the person typed; `undefined` where it is no value. */
  readonly read: (text: string) => string | undefined;
  /** What is wrong with a text that is none. */
  readonly wrong: string;
  readonly onValue: (value: string) => void;
}

/** A text of its own, over the whole width. */
export function TextKnob({ value, read, wrong, onValue, ...frame }: TextProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  const isWrong = typed !== undefined && read(typed.trim()) === undefined;
  return (
    <Knob {...frame}>
      <input
        id={frame.id}
        class="text"
        type="text"
        spellcheck={false}
        aria-invalid={isWrong}
        aria-describedby={frame.note === undefined ? undefined : `${frame.id}-note`}
        title={isWrong ? wrong : undefined}
        value={typed ?? value}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={() => {
          const chosen = read((typed ?? value).trim());
          setTyped(undefined);
          if (chosen !== undefined && chosen !== value) onValue(chosen);
        }}
      />
    </Knob>
  );
}
