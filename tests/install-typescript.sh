#!/usr/bin/env bash
# Puts the TypeScript compiler that tests hold exports/json/backdata.d.ts against into build/; does nothing where it is there.
set -euo pipefail
version=7.0.2
home="$(cd "$(dirname "$0")/.." && pwd)/build/typescript"
if ! command -v npm >/dev/null; then echo "no npm here: the TypeScript definitions are not compiled in the tests"; exit 0; fi
grep -qs "\"version\": \"$version\"" "$home/node_modules/typescript/package.json" && exit 0
mkdir -p "$home"
npm install --prefix "$home" --no-save --no-audit --no-fund --silent "typescript@$version" ||
  echo "TypeScript could not be fetched: its definitions are not compiled in the tests"
