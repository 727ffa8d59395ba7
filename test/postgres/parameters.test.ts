import { renderParameters } from '../../src/postgres/private/parameters';

test('strings are quoted, quotes doubled, booleans on and off', () => {
  expect(renderParameters([['a', 'it\'s'], ['b', 5], ['c', true], ['d', false]])).toBe('a = \'it\'\'s\'\nb = 5\nc = on\nd = off\n');
});
