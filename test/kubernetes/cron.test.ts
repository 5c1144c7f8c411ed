import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { checkSchedule, checkTimeZone, cronJobSchedule, nextTimes } from "../../server/src/kubernetes/cron.ts";
import { parseDuration } from "../../server/src/kubernetes/duration.ts";
import {
  civilDate,
  daysSinceEpoch,
  formatTimestamp,
  parseTimestamp,
  weekday,
} from "../../server/src/kubernetes/time.ts";

const seed = { seed: 20_261_121 };

function next(schedule: string, from: string, timeZone?: string, count = 1): readonly string[] {
  const { value, error } = cronJobSchedule(schedule, timeZone);
  assert.ok(value !== undefined, error);
  return nextTimes(value, parseTimestamp(from) ?? 0, count).map(formatTimestamp);
}

describe("a schedule", () => {
  test("wants both days to match where one is a star, and either where none is", () => {
    assert.deepEqual(next("0 0 13 * *", "2026-01-01T00:00:00Z"), ["2026-01-13T00:00:00Z"]);
    assert.deepEqual(next("0 0 13 * 5", "2026-01-01T00:00:00Z"), ["2026-01-02T00:00:00Z"]);
    assert.deepEqual(next("0 0 */2 * 5", "2026-01-02T00:00:00Z"), ["2026-01-03T00:00:00Z"]);
  });

  test("skips local times that the clock skips, and fires twice at those it repeats", () => {
    assert.deepEqual(next("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin"), ["2026-03-30T00:30:00Z"]);
    assert.deepEqual(next("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", 2), [
      "2026-10-25T00:30:00Z",
      "2026-10-25T01:30:00Z",
    ]);
  });

  test("never fires on days that do not come, or with a lone comma", () => {
    assert.deepEqual(next("0 0 30 2 *", "2026-01-01T00:00:00Z"), []);
    assert.deepEqual(next(", * * * *", "2026-01-01T00:00:00Z"), []);
    assert.deepEqual(next("0 0 29 2 *", "2026-01-01T00:00:00Z"), ["2028-02-29T00:00:00Z"]);
  });

  test("of an interval counts from the last time, in whole seconds", () => {
    assert.deepEqual(next("@every 1500ms", "2026-01-01T00:00:00Z", undefined, 2), [
      "2026-01-01T00:00:01Z",
      "2026-01-01T00:00:02Z",
    ]);
  });

  test("is refused with the API server's words", () => {
    assert.deepEqual(checkSchedule("0 0 * * 7"), ["end of range (7) above maximum (6): 7"]);
    assert.deepEqual(checkSchedule("1-2-3 * * * *"), ["too many hyphens: 1-2-3"]);
    assert.equal(checkSchedule("TZ=UTC 0 0 * * *").length, 1);
    assert.deepEqual(checkTimeZone("europe/berlin"), ["unknown time zone europe/berlin"]);
    assert.deepEqual(checkTimeZone("America/Argentina"), ["is a directory"]);
    assert.deepEqual(checkTimeZone("Europe/Berlin"), []);
  });

  test("fires at times that its fields allow, each after the last", () => {
    const parts = fc.record({ minute: fc.nat(59), hour: fc.nat(23), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 2_000_000_000 }), ({ minute, hour, month }, seconds) => {
        const schedule = cronJobSchedule(`${minute} ${hour} * ${month} *`, undefined).value;
        assert.ok(schedule !== undefined);
        const times = nextTimes(schedule, seconds * 1000, 3);
        assert.equal(times.length, 3);
        for (const [index, time] of times.entries()) {
          assert.ok(time > (times[index - 1] ?? seconds * 1000));
          assert.equal(Math.floor(time / 60_000) % 60, minute);
          assert.equal(Math.floor(time / 3_600_000) % 24, hour);
          assert.equal(civilDate(Math.floor(time / 86_400_000)).month, month);
        }
      }),
      { ...seed, numRuns: 100 },
    );
  });
});

describe("durations and dates", () => {
  test("are read as Go reads them", () => {
    assert.equal(parseDuration("1h30m").value, 5_400_000_000_000n);
    assert.equal(parseDuration("-1.5s").value, -1_500_000_000n);
    assert.equal(parseDuration(".5ms").value, 500_000n);
    assert.equal(parseDuration("5").error, 'time: missing unit in duration "5"');
    assert.equal(parseDuration("1d").error, 'time: unknown unit "d" in duration "1d"');
    assert.equal(
      parseDuration("1h\t\u00e9").error,
      'time: unknown unit "h\\x09\\xc3\\xa9" in duration "1h\\x09\\xc3\\xa9"',
    );
    assert.notEqual(parseDuration("300000h".repeat(20)).error, undefined);
  });

  test("go both ways", () => {
    assert.equal(formatTimestamp(0), "1970-01-01T00:00:00Z");
    assert.equal(parseTimestamp("2026-01-15T12:00:00+01:00"), parseTimestamp("2026-01-15T11:00:00Z"));
    assert.equal(parseTimestamp("yesterday"), undefined);
    assert.equal(weekday(daysSinceEpoch({ year: 2026, month: 11, day: 21 })), 6);
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
        assert.equal(daysSinceEpoch(civilDate(days)), days);
      }),
      seed,
    );
  });

  test("run on beyond the end of a month", () => {
    const date = (month: number, day: number): number => daysSinceEpoch({ year: 2026, month, day });
    assert.equal(date(13, 1), daysSinceEpoch({ year: 2027, month: 1, day: 1 }));
    assert.equal(date(2, 30), date(3, 2));
    assert.equal(date(1, 0), daysSinceEpoch({ year: 2025, month: 12, day: 31 }));
  });
});
