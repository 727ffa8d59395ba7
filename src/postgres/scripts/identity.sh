#!/bin/sh
# Names the user that the platform has given this pod: initdb and peer authentication ask the password file who a UID is.
#
# usage: identity.sh FILE
set -eu

printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:%s:%s::/var/lib/postgresql:/bin/sh\n' "$(id -u)" "$(id -g)" >"$1"
