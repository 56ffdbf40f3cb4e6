// Has only syntax of old Node.js, so that it can say which one is needed: an old Node.js refuses the modules of this package
// with a syntax error.
const { engines } = require('../../package.json') as { engines: { node: string } }

const [needed = ''] = /[\d.]+/.exec(engines.node) || []

/** Loads a module if this Node.js is new enough. Otherwise says which one is needed, and fails. */
function start(command: string, load: () => Promise<unknown>): void {
  if (isOlder(process.versions.node, needed)) {
    console.error(
      command +
        ': Node.js ' +
        process.versions.node +
        ' is too old. Run the command with Node.js ' +
        needed +
        ' or newer: https://nodejs.org. [ERR_PSC_NODE]',
    )
    process.exitCode = 1
  } else {
    void load()
  }
}

function isOlder(version: string, than: string): boolean {
  const [major, minor] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = than.split('.').map(Number)
  return major === leastMajor
    ? Number(minor) < Number(leastMinor)
    : Number(major) < Number(leastMajor)
}

module.exports = { start }
