import { Duration } from 'cdk8s';
import { formatGoDuration, parseGoDuration } from '../../src/formats';

test.each([
  [Duration.days(90), '2160h0m0s'],
  [Duration.hours(1), '1h0m0s'],
  [Duration.minutes(90), '1h30m0s'],
  [Duration.minutes(5), '5m0s'],
  [Duration.seconds(61), '1m1s'],
  [Duration.seconds(1.5), '1.5s'],
  [Duration.millis(250), '250ms'],
  [Duration.millis(3_600_500), '1h0m0.5s'],
  [Duration.seconds(0), '0s'],
])('%p is written as %s, as Go prints it', (duration, text) => {
  expect(formatGoDuration(duration)).toBe(text);
});

test.each([
  ['2160h0m0s', 7_776_000_000],
  ['2160h', 7_776_000_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['-5m', -300_000],
  ['250ms', 250],
  ['0', 0],
  ['+1.h', 3_600_000],
  ['1000000µs', 1000],
  ['1000000μs', 1000],
  ['2562047h', 9_223_369_200_000],
])('%s is read as %d ms', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms);
});

test.each(['90d', 'P90D', '90', '', '1h 30m', 'h', '1hm', '.h', '-', '2562048h', '99999999999999999999h', 90, undefined])('%p is not a Go duration', (text) => {
  expect(parseGoDuration(text)).toBeUndefined();
});
