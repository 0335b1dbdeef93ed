#!/usr/bin/env node
// npm links this before anything is built; what it runs is made by `npm run build`.
require('../dist/bridge/src/cli/main.js');
