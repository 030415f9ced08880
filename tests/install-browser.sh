#!/usr/bin/env bash
# Installs the browser that the tests of the web page look through: Debian's own chromium. Does nothing where it is there.
set -euo pipefail
command -v chromium >/dev/null && exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -qq --yes --no-install-recommends chromium fonts-dejavu-core
