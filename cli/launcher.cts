#!/usr/bin/env node
// The command's entry. It has only syntax of old Node.js, so that it can say which one is needed: an old Node.js refuses the
// modules of the command with a syntax error.
const { engines } = require('../../package.json') as { engines: { node: string } }

const needed = /[\d.]+/.exec(engines.node)

function isOlder(version: string, than: string): boolean {
  const [major, minor] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = than.split('.').map(Number)
  return major === leastMajor
    ? Number(minor) < Number(leastMinor)
    : Number(major) < Number(leastMajor)
}

if (needed && isOlder(process.versions.node, needed[0])) {
  console.error(
    'pulumi-psc: Node.js ' +
      process.versions.node +
      ' is too old. Run the command with Node.js ' +
      needed[0] +
      ' or newer: https://nodejs.org. [ERR_PSC_NODE]',
  )
  process.exitCode = 1
} else {
  void import('./main.ts')
}
