import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Backend } from './backend.ts'
import { freePort } from './port.ts'

const version = 'v1.8.0'
const cache = join('node_modules', '.cache', 'versitygw')
const [accessKey, secretKey] = ['psc-tests', 'not-a-secret-s3']

/** An S3 server: versitygw on a folder, built once from Go's module proxy. */
export async function startS3(): Promise<Backend> {
  const gateway = buildGateway()
  const folder = mkdtempSync(join(tmpdir(), 'psc-s3-'))
  mkdirSync(join(folder, 'objects', 'psc-state'), { recursive: true })
  const port = await freePort()
  const server = spawn(gateway, ['--port', `127.0.0.1:${port}`, 'posix', join(folder, 'objects')], {
    cwd: folder,
    env: { PATH: process.env.PATH, ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
    stdio: 'ignore',
  })
  await untilItListens(port, () => server.exitCode === null)
  return {
    url: `s3://psc-state?endpoint=127.0.0.1:${port}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`,
    env: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey },
    async stop() {
      const ended = new Promise((done) => server.on('exit', done))
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function buildGateway(): string {
  const file = resolve(cache, version, process.platform === 'win32' ? 'versitygw.exe' : 'versitygw')
  if (existsSync(file)) return file
  const folder = resolve(cache, 'build')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'go.mod'), 'module gateway\n\ngo 1.25.11\n')
  const name = 'github.com/versity/versitygw/cmd/versitygw'
  go(folder, 'get', '-tool', `${name}@${version}`)
  go(folder, 'build', '-ldflags', '-s -w', '-o', file, name)
  return file
}

function go(folder: string, ...args: string[]): void {
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod -buildvcs=false' }
  const { status, stderr, error } = spawnSync('go', args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stderr}${String(error ?? '')}`)
}

async function untilItListens(port: number, isRunning: () => boolean): Promise<void> {
  while (isRunning()) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((done) => {
      socket.on('connect', () => {
        done(true)
      })
      socket.on('error', () => {
        done(false)
      })
    })
    socket.destroy()
    if (isOpen) return
    await wait(50)
  }
  throw new Error('the S3 server has ended')
}
