import { rewriter } from './rewriter';

const rewrite = rewriter([
  { from: '/tmp', to: '/tmp/pAb/tmp' },
  { from: '/var/lib/postgresql', to: '/tmp/pAb/data' },
  { from: '/tls/certs/server', to: '/tmp/pAb/server' },
  { from: '/tls/certs/server-old/', to: '/tmp/pAb/old' },
  { from: '/var/run/postgresql', to: '/tmp/pAb/run' },
], 6543);

test.each([
  ['/tmp', '/tmp/pAb/tmp'],
  ["unix_socket_directories = '/var/run/postgresql,/tmp'", "unix_socket_directories = '/tmp/pAb/run,/tmp/pAb/tmp'"],
  ['config_file=/tls/certs/server/tls.crt', 'config_file=/tmp/pAb/server/tls.crt'],
  ['/tls/certs/server-old/x', '/tmp/pAb/old/x'],
  ['/tls/certs/servers', '/tls/certs/servers'],
  ['/tls/certs/server.d', '/tls/certs/server.d'],
  ['Certificates lie in /tls/certs/server.', 'Certificates lie in /tmp/pAb/server.'],
  ['mkdir "$PGDATA/tmp" "${PGDATA}/tmp" "$PGDATA"/tmp $(pwd)/tmp /x/tmp', 'mkdir "$PGDATA/tmp" "${PGDATA}/tmp" "$PGDATA"/tmp $(pwd)/tmp /x/tmp'],
  ['mktemp "/tmp/x"', 'mktemp "/tmp/pAb/tmp/x"'],
  ['/var/run/postgresql/.s.PGSQL.5432', '/tmp/pAb/run/.s.PGSQL.6543'],
  ['port = 5432 # not 15432', 'port = 6543 # not 15432'],
])('%s → %s', (text, expected) => expect(rewrite(text)).toBe(expected));

test('without mounts only the port changes', () => expect(rewriter([], 1)('/tmp 5432')).toBe('/tmp 1'));
