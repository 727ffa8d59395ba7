#!/bin/sh
# Writes a passwd file with the UID that the platform has assigned to this pod: initdb and peer authentication look up the name of the UID in it.
#
# usage: identity.sh FILE
set -eu

printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:%s:%s::/var/lib/postgresql:/bin/sh\n' "$(id -u)" "$(id -g)" >"$1"
