import { Size } from 'cdk8s';
import { formatQuantity } from '../../src/postgres/plan/quantity';

test.each([
  [Size.gibibytes(1), '1Gi'],
  [Size.mebibytes(1024), '1Gi'],
  [Size.mebibytes(1536), '1536Mi'],
  [Size.tebibytes(2), '2Ti'],
  [Size.kibibytes(3), '3Ki'],
  [Size.gibibytes(1.5), '1536Mi'],
  [Size.pebibyte(1024), '1024Pi'],
])('%p is written as %s', (size, quantity) => {
  expect(formatQuantity(size)).toBe(quantity);
});
