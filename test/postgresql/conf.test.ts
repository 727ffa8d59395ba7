import { misplacedSpaces, parseConfFile, parseServerOptions } from '../../src/postgresql';

test('parseConfFile keeps the last line of a setting, without quotes and comments', () => {
  const { settings, isComplete } = parseConfFile("ssl = off\n SSL on # yes\nssl_ca_file '/a''b.crt'\n#ssl_key_file = 'x'\n\nport=5433\n");
  expect([...settings]).toEqual([['ssl', 'on'], ['ssl_ca_file', "/a'b.crt"], ['port', '5433']]);
  expect(isComplete).toBe(true);
  expect(parseConfFile("include_if_exists 'more.conf'").isComplete).toBe(false);
});

test('parseServerOptions reads the options of postgres', () => {
  const options = parseServerOptions(['-c', 'ssl=on', '-cport=5433', '--ssl-ca-file=/ca', '-D', '/data', '-l', '-p', '5434', '-c']);
  expect([...options]).toEqual([['ssl', 'on'], ['port', '5434'], ['ssl_ca_file', '/ca'], ['data_directory', '/data']]);
});

test('a misplaced space on the command line is reported, and the setting that is meant is read', () => {
  const words = ['-c ssl=on', '-c', ' ssl_cert_file=/tls/tls.crt', '-c', 'ssl_key_file =/tls/tls.key', '--port = 5433', '-c', 'log_line_prefix=%m ', '-p 5432', '-k', '/tmp', '-c'];
  expect(misplacedSpaces(words)).toEqual(['-c ssl=on', ' ssl_cert_file=/tls/tls.crt', 'ssl_key_file =/tls/tls.key', '--port = 5433']);
  expect([...parseServerOptions(words)].slice(0, 4)).toEqual([['ssl', 'on'], ['ssl_cert_file', '/tls/tls.crt'], ['ssl_key_file', '/tls/tls.key'], ['port', '5433']]);
});
