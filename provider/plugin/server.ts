import * as grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import plugins from '@pulumi/pulumi/proto/plugin_pb.js'
import type * as requests from '@pulumi/pulumi/proto/provider_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import { engineIsThere } from '../engine/alive.ts'
import { createShared } from '../engine/context.ts'
import { referTo } from '../engine/gate.ts'
import { describeOutcomes } from '../proof/summary.ts'
import { openCall, type Settings } from './call.ts'
import { clientType } from './client.ts'
import { credentialType } from './credential.ts'
import { detailsOf } from './details.ts'
import { answerError } from './failure.ts'
import { type Log, openLog } from './log.ts'
import { PreviewRun } from './preview-run.ts'
import { openDoor, type Call, type ResourceDoor } from './resource.ts'
import {
  isOwnProvider,
  readVariables,
  refuseUnknown,
  validateProvider,
  validateSettings,
} from './settings.ts'
import { difference, fromStruct, markSecrets, plainKeys, toStruct } from './wire.ts'

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
  const stillWanted = async (sinceMs: number) =>
    !run.isCancelled && (sinceMs < promptMs || (await engineIsThere(engine)))
  const shared = createShared({ stillWanted })
  shared.run.dryRun = 'later'
  const reasonOf = (error: unknown) => {
    const [reason] = [...shared.run.gates.values()].flatMap((gate) => gate.reasonOf(error) ?? [])
    return reason && { reason, short: referTo(reason) }
  }
  const run = new PreviewRun(log, reasonOf)
  let refuseSettings = (): void => undefined
  let settings: Settings = { get: () => undefined, isPlain: () => false }
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
      run.during(async () => {
        const urn = request.getUrn()
        const door = doorOf(urn)
        try {
          return await answer(door, openCall(urn, { log, shared, run, ...settings }), request)
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
      const names = isOwn ? [] : plainKeys(request.getArgs())
      const plain = names.map((name) => `psc:${name}`)
      refuseSettings = () => {
        refuseUnknown(names, request.getUrn())
      }
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
      refuseSettings()
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
      const outcomes = run.cancel()
      if (outcomes.length > 0)
        log.write('info', '', describeOutcomes(outcomes, shared.run.unverified))
      return new empty.Empty()
    }),
  })
  return server
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
