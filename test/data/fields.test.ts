import { entryPath } from '../../src/data';
import { parseFieldPath, schemaErrors } from '../../src/kubernetes';

describe('the path of a field', () => {
  test.each([
    [['spec', 'dnsNames', 0], 'spec.dnsNames[0]'],
    [['metadata', 'annotations', 'example.com/team'], "metadata.annotations['example.com/team']"],
    [['metadata', 'labels', 'part-of'], "metadata.labels['part-of']"],
    [['part-of'], "['part-of']"],
    [['data', "it's"], "data['it''s']"],
  ])('%j is %s, and is read back', (steps, path) => {
    expect(steps.reduce<string>(entryPath, '')).toBe(path);
    expect(parseFieldPath(path)).toEqual(steps);
  });

  test('is the same in an error of a schema', () => {
    const schema = { type: 'object', properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } } } as const;
    expect(schemaErrors(schema, { labels: { 'part-of': 1 }, 'not-known': 1 }).map(({ path }) => path)).toEqual(["labels['part-of']", "['not-known']"]);
  });
});
