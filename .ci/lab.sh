#!/usr/bin/env bash
# What the cluster suite has done to the node of a CLUSTER_LAB, because no cluster lets its users do it.
#
# usage: lab.sh LAB restart-kubelet
#        lab.sh LAB kill-container ID [SIGNAL]
set -euo pipefail
# shellcheck source=/dev/null
. "$1/env.sh"
case $2 in
  restart-kubelet)
    pid=$(cat "$VAR/kubelet.pid")
    mapfile -d '' -t command <"/proc/$pid/cmdline"
    kill "$pid"
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    # The kubelet alone: bringing the whole node up again writes the service proxy's configuration, at which that ends.
    start kubelet "${command[@]}"
    ;;
  kill-container) "$BIN/ctr" --address /run/lab-containerd.sock --namespace k8s.io tasks kill --signal "${4:-SIGKILL}" "$3" ;;
  *)
    printf 'lab.sh: what is %s?\n' "$2" >&2
    exit 2
    ;;
esac
