import { longestPause, parseCron, startTogether } from '../../src/formats';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test.each([
  '* * * * *', '? ? ? ? ?', '0 3 * * *', '*/15 0-5 1,15 jan-MAR mon', '5/10 * * * *', '0 22 * * 1-5', '0  3\t* * *', ' 0 3 * * * ', '00 03 * * *', '0 0 29 2 *', '0 0 31 2 *', '0 0 * * SUN,wed/2', ', * * * *',
  '@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually', '@every 1h30m', 'TZ=Europe/Berlin 0 3 * * *', 'CRON_TZ=UTC @daily',
])('%p is a schedule', (text) => {
  expect(parseCron(text)).toBeDefined();
});

test.each([
  '', '0 3 * *', '0 3 * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7', '* * * * sunday', '5-1 * * * *', '*/0 * * * *', '1-2-3 * * * *',
  '1/2/3 * * * *', 'a * * * *', '-1 * * * *', '@reboot', '@every', '@every 1d', 'daily', 'mon * * * *',
])('%p is none', (text) => {
  expect(parseCron(text)).toBeUndefined();
});

test.each<[string[], number]>([
  [['* * * * *'], 60_000],
  [['*/15 * * * *'], 15 * 60_000],
  [['0 * * * *'], HOUR],
  [['0,30 8-17 * * *'], 14.5 * HOUR],
  [['0 3 * * *'], DAY],
  [['0 3 * * 1-5'], 3 * DAY],
  [['@weekly'], 7 * DAY],
  [['0 0 1 * *'], 31 * DAY],
  [['0 0 31 * *'], 61 * DAY],
  [['0 0 1 1 *'], 366 * DAY],
  [['0 0 29 2 *'], (4 * 365 + 1) * DAY],
  [['0 0 31 2 *'], Infinity],
  [[', * * * *'], Infinity],
  // A day of the month and a day of the week: either, unless one of them is a star.
  [['0 0 13 * 5'], 7 * DAY],
  [['@every 36h'], 36 * HOUR],
  [['0 0 1 1 *', '0 0 1 7 *'], 184 * DAY],
  [['0 0 1 1 *', '@every 2h'], 2 * HOUR],
])('%j pauses for %d ms at most', (texts, pause) => {
  expect(longestPause(texts.map((text) => parseCron(text)!))).toBe(pause);
});

test.each<[one: string, other: string, together: boolean]>([
  ['0 1 * * 0', '0 1 * * *', true],
  ['0 1 * * 0', '0 1 * * 1-6', false],
  ['*/20 * * * *', '40 3 1 * *', true],
  ['*/20 * * * *', '41 3 1 * *', false],
  ['0 1 29 2 *', '0 1 * 2 *', true],
  ['@every 1h', '0 * * * *', false],
])('%s and %s start in the same minute: %s', (one, other, together) => {
  expect(startTogether(parseCron(one)!, parseCron(other)!)).toBe(together);
});
