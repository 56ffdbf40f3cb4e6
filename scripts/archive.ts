// Writes the archive for `pulumi plugin install resource psc <version> --file <archive>`: the plugin in a few files, which
// need Node.js and no network.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build as compile } from './build.ts'

const { version, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
  engines: { node: string }
}

if (import.meta.main) {
  compile()
  console.log(await archive(process.argv[2] ?? `pulumi-resource-psc-v${version}.tar.gz`))
}

/** Writes the archive. Returns its path. */
export async function archive(path: string): Promise<string> {
  const folder = join('.psc', `archive-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    await bundle(folder)
    const { status, stderr } = spawnSync('tar', ['-czf', resolve(path), '-C', folder, '.'], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`tar failed: ${stderr}`)
    return path
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: { main: 'dist/provider/plugin/main.js' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What only a request needs stays in a file of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${engines.node.replace('>=', '')}`,
    // Libraries in CommonJS load the modules of Node.js by `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)",
    },
    plugins: [
      {
        name: 'bundle what is loaded when it is first used',
        setup(builds) {
          builds.onLoad({ filter: /rules\/nearest\.js$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replace(/^const require = .*$/m, ''),
          }))
        },
      },
    ],
    legalComments: 'linked',
  })
  await build({
    entryPoints: ['dist/provider/plugin/launcher.cjs'],
    outfile: join(folder, 'pulumi-resource-psc'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['./main.js'],
  })
  const executable = join(folder, 'pulumi-resource-psc')
  writeFileSync(executable, readFileSync(executable, 'utf8').replace('./main.js', './main.mjs'))
  chmodSync(executable, 0o755)
  copyFileSync('dist/provider/plugin/schema.json', join(folder, 'schema.json'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs' }))
}
