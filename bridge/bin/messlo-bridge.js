#!/usr/bin/env -S node --max-semi-space-size=16 --heap-growing-percent=200
// npm links this before anything is built; what it runs is made by `npm run build`.
require('../dist/bridge/src/cli/main.js');
