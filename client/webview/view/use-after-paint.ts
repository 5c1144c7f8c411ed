import { useEffect, useState } from "preact/hooks";

/** A value as it was at the last paint: what may come a frame later does not hold up what must not. */
export function useAfterPaint<Value>(value: Value): Value {
  const [painted, setPainted] = useState(value);
  useEffect(() => setPainted(value), [value]);
  return painted;
}
