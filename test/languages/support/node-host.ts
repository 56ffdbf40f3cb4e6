// Stands in for the newer language host of Node.js, which only Pulumi's own download has. It does what that one does for the
// plugin, as far as the files of this package matter, and leaves all else to the older host.
import * as grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/language_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/language_pb.js'
import type * as requests from '@pulumi/pulumi/proto/language_pb.js'
import { buildSync } from 'esbuild'
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const [, , older = '', generator = '', ...args] = process.argv

const host = spawn(older, args, { stdio: ['ignore', 'pipe', 'inherit'] })
process.on('exit', () => host.kill())
createInterface(host.stdout).once('line', (port) => {
  serve(`127.0.0.1:${port}`)
})

function serve(address: string): void {
  const client = new services.LanguageRuntimeClient(address, grpc.credentials.createInsecure())
  const server = new grpc.Server()
  server.addService(services.LanguageRuntimeService, {
    ...forwarded(client),
    installDependencies: installPlugin(forwarded(client).installDependencies),
    runPlugin,
    generatePackage,
    link,
  })
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error
    console.log(port)
  })
}

/** Forwards each call of the service. */
function forwarded(client: grpc.Client): grpc.UntypedServiceImplementation {
  const entries = Object.entries(services.LanguageRuntimeService as grpc.ServiceDefinition)
  return Object.fromEntries(
    entries.map(([name, { path, requestSerialize, responseDeserialize, responseStream }]) => [
      name,
      (call: grpc.ServerWritableStream<unknown, unknown>, respond: grpc.sendUnaryData<unknown>) => {
        const how = [path, requestSerialize, responseDeserialize, call.request] as const
        if (!responseStream) client.makeUnaryRequest(...how, respond as never)
        else client.makeServerStreamRequest(...how).pipe(call)
      },
    ]),
  ) as unknown as grpc.UntypedServiceImplementation
}

type Installation = grpc.handleServerStreamingCall<
  requests.InstallDependenciesRequest,
  requests.InstallDependenciesResponse
>

/** Installs what a plugin needs. The program of the test has all from this repository. */
function installPlugin(install: unknown): Installation {
  return (call) => {
    if (existsSync(join(call.request.getDirectory(), 'PulumiPlugin.yaml')))
      (install as Installation)(call)
    else call.end()
  }
}

/** Starts a folder with a `PulumiPlugin.yaml`. */
function runPlugin(
  call: grpc.ServerWritableStream<requests.RunPluginRequest, requests.RunPluginResponse>,
): void {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? ''
  const run = join(folder, 'node_modules', '@pulumi', 'pulumi', 'cmd', 'run-plugin')
  const entries = call.request.getEnvList().map((one) => one.split(/=(.*)/s) as [string, string])
  const env = Object.fromEntries(entries)
  const child = spawn('node', [run, folder, ...call.request.getArgsList()], {
    cwd: call.request.getPwd(),
    env: { ...env, PULUMI_NODEJS_TYPESCRIPT: 'false' },
  })
  const send = (write: (response: requests.RunPluginResponse) => void) => {
    const response = new messages.RunPluginResponse()
    write(response)
    call.write(response)
  }
  child.stdout.on('data', (text: Buffer) => {
    send((response) => response.setStdout(text))
  })
  child.stderr.on('data', (text: Buffer) => {
    send((response) => response.setStderr(text))
  })
  child.on('close', (code) => {
    send((response) => response.setExitcode(code ?? 1))
    call.end()
  })
  call.on('cancelled', () => child.kill())
}

/** Writes the SDK with Pulumi's generators. */
function generatePackage(
  { request }: grpc.ServerUnaryCall<requests.GeneratePackageRequest, unknown>,
  respond: grpc.sendUnaryData<requests.GeneratePackageResponse>,
): void {
  const folder = mkdtempSync(join(process.cwd(), '.sdk-'))
  const { error, status, stderr } = spawnSync(generator, [folder], {
    input: request.getSchema(),
    encoding: 'utf8',
  })
  if (status === 0) cpSync(join(folder, 'nodejs'), request.getDirectory(), { recursive: true })
  rmSync(folder, { recursive: true })
  if (status === 0) respond(null, new messages.GeneratePackageResponse())
  else respond({ code: grpc.status.INTERNAL, details: error?.message ?? stderr })
}

/** Makes an SDK a dependency of the program. */
function link(
  { request }: grpc.ServerUnaryCall<requests.LinkRequest, unknown>,
  respond: grpc.sendUnaryData<requests.LinkResponse>,
): void {
  const root = request.getInfo()?.getRootDirectory() ?? ''
  for (const dependency of request.getPackagesList()) {
    const sdk = join(root, dependency.getPath())
    const { name } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as { name: string }
    const outfile = join(sdk, 'bin', 'index.js')
    buildSync({
      entryPoints: [join(sdk, 'index.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      packages: 'external',
    })
    const to = join(root, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    rmSync(to, { recursive: true, force: true })
    symlinkSync(sdk, to)
  }
  respond(null, new messages.LinkResponse())
}
