import { plainValue } from '../../src/reading/plain-value';

// Measured with sigs.k8s.io/yaml 1.6.0 (go-yaml v2.4), the reader of kubectl and of the API server.
describe('a scalar without quotes is read as Kubernetes reads it', () => {
  test.each<[string, unknown]>([
    ['y', true], ['Yes', true], ['on', true], ['TRUE', true], ['n', false], ['NO', false], ['Off', false], ['oN', 'oN'], ['tRue', 'tRue'],
    ['', null], ['~', null], ['Null', null], ['nULL', 'nULL'],
    ['0440', 288], ['0o644', 420], ['0O17', 15], ['-0o17', -15], ['007', 7], ['0_7', 7], ['0b11', 3], ['0x1F', 31], ['-0x1', -1], ['0x_1', 1], ['+5', 5], ['1_000', 1000], ['-1_0', -10],
    ['09', 9], ['08.5', 8.5], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['1.e3', 1000], ['1_000.5', 1000.5], ['-0', 0], ['99999999999999999999', 1e20],
    ['1e400', '1e400'], ['0o8', '0o8'], ['0x', '0x'], ['0b2', '0b2'], ['1e', '1e'], ['1.2.3', '1.2.3'], ['_1', '_1'], ['+', '+'], ['.', '.'], ['0xFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFF'],
    // Neither base 60 nor times of YAML 1.1.
    ['1:30', '1:30'], ['190:20:30', '190:20:30'], ['2020-01-01', '2020-01-01'], ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
    ['nan', 'nan'], ['NaN', 'NaN'], ['Infinity', 'Infinity'], ['.inf', Infinity], ['-.INF', -Infinity], ['.nan', NaN], ['=', '='], ['é', 'é'],
  ])('%s', (text, value) => { expect(plainValue(text)).toBe(value); });
});
