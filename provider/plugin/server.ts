import * as grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import plugins from '@pulumi/pulumi/proto/plugin_pb.js'
import type * as requests from '@pulumi/pulumi/proto/provider_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import { engineIsThere } from '../engine/alive.ts'
import { createContext, createShared, type Shared } from '../engine/context.ts'
import type { Outcome } from '../engine/border.ts'
import { referTo } from '../engine/gate.ts'
import { describeOutcomes } from '../proof/summary.ts'
import { clientType } from './client.ts'
import { credentialType } from './credential.ts'
import { type Detail, detailsOf } from './details.ts'
import { RefusedError } from './errors.ts'
import { answerError } from './failure.ts'
import { type Log, openLog } from './log.ts'
import { Refusals } from './refusals.ts'
import { openDoor, type Call, type ResourceDoor } from './resource.ts'
import {
  type GetConfig,
  isOwnProvider,
  readVariables,
  validateProvider,
  validateSettings,
} from './settings.ts'
import { fromStruct, markSecrets, plainKeys, toStruct } from './wire.ts'

/** Holds what a request about a resource tells of it. */
interface AboutResource {
  getUrn(): string
}

interface PluginOptions {
  readonly engine?: string | undefined
  readonly schema: () => string
  /** The configuration of the stack under `psc:`, as JSON. */
  readonly ofStack?: string | undefined
}

/** Only a longer operation can outlive its engine. In milliseconds. */
const promptMs = 1_000

/**
 * Serves the provider plugin of one engine on the raw service: the SDK's own provider server passes neither the
 * configuration nor whether a call is a preview.
 *
 * @param options.engine the address of the engine, for its log.
 * @param options.schema reads the package schema as JSON.
 * @param options.ofStack default: as the engine passes it to each plugin.
 * @see https://pulumi-developer-docs.readthedocs.io/latest/docs/_generated/proto/provider.html
 */
export function createPlugin({
  engine,
  schema,
  ofStack = process.env.PULUMI_CONFIG,
}: PluginOptions): grpc.Server {
  const log = openLog(engine)
  let isCancelled = false
  const stillWanted = async (sinceMs: number) =>
    !isCancelled && (sinceMs < promptMs || (await engineIsThere(engine)))
  const shared = createShared({ stillWanted })
  shared.run.dryRun = 'later'
  const reasonOf = (error: unknown) => {
    const [reason] = [...shared.run.gates.values()].flatMap((gate) => gate.reasonOf(error) ?? [])
    return reason && { reason, short: referTo(reason) }
  }
  const refusals = new Refusals(log, reasonOf)
  let settings: Settings = { get: () => undefined, isPlain: () => false }
  const outcomes: Outcome[] = []
  const doors: Readonly<Record<string, ResourceDoor>> = {
    'psc:index:Client': openDoor(clientType()),
    'psc:index:TokenCredential': openDoor(credentialType()),
  }
  const doorOf = (urn: string): ResourceDoor => {
    const type = urn.split('::')[2]?.split('$').at(-1) ?? ''
    const door = doors[type]
    if (!door) throw new Error(`The plugin psc has no resource type ${type}.`)
    return door
  }

  /** Answers a request about a resource: its lines stand under it, and an error has its stored form. */
  const about = <Request extends AboutResource, Response>(
    answer: (door: ResourceDoor, call: Call, request: Request) => Promise<Response>,
  ) =>
    unary<Request, Response>(log, (request) =>
      refusals.during(async () => {
        const urn = request.getUrn()
        const door = doorOf(urn)
        try {
          return await answer(
            door,
            openCall(urn, { log, shared, refusals, outcomes, ...settings }),
            request,
          )
        } catch (error) {
          throw answerError(error, door)
        }
      }),
    )

  const server = new grpc.Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  })
  server.addService(services.ResourceProviderService, {
    handshake: unary(log, () => new messages.ProviderHandshakeResponse()),
    getPluginInfo: unary(log, () => {
      const response = new plugins.PluginInfo()
      const { version } = JSON.parse(schema()) as { version: string }
      response.setVersion(version)
      return response
    }),
    getSchema: unary(log, () => {
      const response = new messages.GetSchemaResponse()
      response.setSchema(schema())
      return response
    }),
    checkConfig: unary(log, (request: requests.CheckRequest) => {
      const response = new messages.CheckResponse()
      response.setInputs(request.getNews())
      const validate = isOwnProvider(request.getUrn()) ? validateProvider : validateSettings
      response.setFailuresList(validate(fromStruct(request.getNews())).map(failure))
      return response
    }),
    diffConfig: unary(log, (request: requests.DiffRequest) => {
      // Nothing replaces a provider: that would replace all of its resources.
      const details = detailsOf(fromStruct(request.getOlds()), fromStruct(request.getNews()))
      return difference(details.size > 0, [], details)
    }),
    configure: unary(log, (request: requests.ConfigureRequest) => {
      // What is wrong with a setting is found at its first use: it must not prevent the destruction of a stack.
      const isOwn = isOwnProvider(request.getUrn())
      const plain = isOwn ? [] : plainKeys(request.getArgs()).map((key) => `psc:${key}`)
      settings = {
        get: readVariables(request.getVariablesMap().toArray(), isOwn ? ofStack : undefined),
        isPlain: (key) => plain.includes(key),
      }
      // The engine itself restores what is secret, by the names of the inputs.
      const response = new messages.ConfigureResponse()
      response.setSupportspreview(true)
      return response
    }),
    check: about(async (door, call, request: requests.CheckRequest) => {
      const olds = request.hasOlds() ? fromStruct(request.getOlds()) : undefined
      const inputs = await door.check(call, olds, fromStruct(request.getNews()))
      const response = new messages.CheckResponse()
      response.setInputs(toStruct(markSecrets(inputs, door.secrets)))
      return response
    }),
    diff: about(async (door, call, request: requests.DiffRequest) => {
      const bags = {
        olds: fromStruct(request.getOlds()),
        oldInputs: fromStruct(request.getOldInputs()),
        news: fromStruct(request.getNews()),
      }
      const { changes, replaces, details } = await door.diff(call, request.getId(), bags)
      return difference(changes, replaces, details)
    }),
    create: about(async (door, call, request: requests.CreateRequest) => {
      const news = fromStruct(request.getProperties())
      const { id, properties } = await door.create(call, news, request.getPreview())
      const response = new messages.CreateResponse()
      response.setId(id)
      response.setProperties(toStruct(properties))
      return response
    }),
    update: about(async (door, call, request: requests.UpdateRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())]
      const updated = await door.update(call, request.getId(), olds, news, request.getPreview())
      const response = new messages.UpdateResponse()
      response.setProperties(toStruct(updated))
      return response
    }),
    read: about(async (door, call, request: requests.ReadRequest) => {
      const read = await door.read(call, request.getId(), fromStruct(request.getProperties()))
      const response = new messages.ReadResponse()
      if (!read) return response
      response.setId(request.getId())
      response.setProperties(toStruct(read.properties))
      response.setInputs(read.inputs ? toStruct(read.inputs) : request.getInputs())
      return response
    }),
    delete: about(async (door, call, request: requests.DeleteRequest) => {
      await door.delete(call, request.getId(), fromStruct(request.getProperties()))
      return new empty.Empty()
    }),
    cancel: unary(log, () => {
      // The engine cancels after every run too. Then nothing is under way.
      const isOver = !isCancelled && !refusals.isBusy
      isCancelled = true
      refusals.cancel()
      if (isOver && outcomes.length > 0 && !refusals.hasRefused)
        log.write('info', '', describeOutcomes(outcomes, shared.run.unverified))
      return new empty.Empty()
    }),
  })
  return server
}

interface Settings {
  readonly get: GetConfig
  /** Tells whether a key of the stack's configuration holds its value unencrypted. */
  readonly isPlain: (key: string) => boolean
}

interface Process extends Settings {
  readonly log: Log
  readonly shared: Shared
  readonly refusals: Refusals
  readonly outcomes: Outcome[]
}

function openCall(urn: string, { log, shared, refusals, outcomes, get, isPlain }: Process): Call {
  const show = (line: string, isWarning: boolean) => {
    log.write(isWarning ? 'warning' : 'info', urn, line)
  }
  return {
    urn,
    context: createContext(get, undefined, { ...shared, show }),
    warn(line) {
      const mark = `${urn} ${line}`
      if (shared.shown.has(mark)) return
      shared.shown.add(mark)
      show(line, true)
    },
    isPlain,
    remember(failures) {
      refusals.remember(urn, failures.length > 0 ? new RefusedError(failures) : undefined)
    },
    remembered: () => refusals.remembered(urn),
    refuse: (refusal) => refusals.refuse(urn, refusal),
    cancelled: refusals.cancelled,
    note: (outcome) => outcomes.push(outcome),
  }
}

/** Makes the handler of a call. The engine has its lines before its answer. */
function unary<Request, Response>(
  log: Log,
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  const run = async (request: Request) => {
    try {
      return await answer(request)
    } finally {
      await log.flush()
    }
  }
  return ({ request }, respond) => {
    run(request).then(
      (response) => {
        respond(null, response)
      },
      (error: unknown) => {
        respond(error as grpc.ServerErrorResponse)
      },
    )
  }
}

function failure(reason: string): requests.CheckFailure {
  const message = new messages.CheckFailure()
  message.setReason(reason)
  return message
}

const { Kind } = messages.PropertyDiff

const kinds = {
  add: { keeping: Kind.ADD, replacing: Kind.ADD_REPLACE },
  delete: { keeping: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
  update: { keeping: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
}

/** Writes a comparison. The engine shows each detail of the inputs; a property that replaces the resource is one of them. */
function difference(
  changes: boolean,
  replaces: readonly string[] = [],
  details: ReadonlyMap<string, Detail> = new Map(),
): requests.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges
  const response = new messages.DiffResponse()
  response.setChanges(changes ? DIFF_SOME : DIFF_NONE)
  if (!changes) return response
  response.setReplacesList([...replaces])
  response.setHasdetaileddiff(true)
  for (const [path, detail] of details) {
    const one = new messages.PropertyDiff()
    const isReplacing = replaces.includes(path.split(/[.[]/)[0] ?? '')
    one.setKind(kinds[detail][isReplacing ? 'replacing' : 'keeping'])
    one.setInputdiff(true)
    response.getDetaileddiffMap().set(path, one)
  }
  return response
}
