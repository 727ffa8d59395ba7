import { memoizeLast } from '../../src/data';

test('memoizeLast keeps the last answer alone', () => {
  const asked: string[] = [];
  const nameOf = memoizeLast(({ name }: { readonly name: string }) => { asked.push(name); return { name }; });
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  const first = nameOf(one);
  expect(nameOf(one)).toBe(first);
  expect(nameOf(other)).toEqual({ name: 'other' });
  expect(nameOf(one)).not.toBe(first);
  expect(asked).toEqual(['one', 'other', 'one']);
});
