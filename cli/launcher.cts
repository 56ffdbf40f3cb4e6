#!/usr/bin/env node
// The command's entry: main.ts, if this Node.js can load it.
const { start } = require('../provider/oldest-node.cjs') as {
  start: (command: string, load: () => Promise<unknown>) => void
}

start('pulumi-psc', () => import('./main.ts'))
