#!/usr/bin/env node
// The plugin's entry as an executable: main.ts, if this Node.js can load it.
const { start } = require('../oldest-node.cjs') as {
  start: (command: string, load: () => Promise<unknown>) => void
}

start('pulumi-resource-psc', () => import('./main.ts'))
