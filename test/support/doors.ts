// The two ways in which the engine reaches the verbs of a client, with the same four operations: what an engine does at a
// preview, an up, a refresh and a destroy.
import { credentials, type Metadata, ServerCredentials } from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import type * as pb from '@pulumi/pulumi/proto/provider_pb.js'
import statuses from '@pulumi/pulumi/proto/status_pb.js'
import { createPlugin } from '../../provider/plugin/server.ts'
import { fromStruct, toStruct } from '../../provider/plugin/wire.ts'
import { openProvider, type Properties } from './provider.ts'

/** What the engine keeps of a resource. */
export interface Kept {
  readonly id: string
  readonly outputs: Properties
  readonly inputs: Properties
}

/** What an operation ends in: the codes of the reasons, and what the engine keeps. */
export interface Outcome {
  readonly codes: readonly string[]
  readonly changes?: boolean
  readonly replaces?: readonly string[]
  readonly kept?: Kept | undefined
}

/** A door, as one process of the engine opens it. */
export interface Door {
  preview(news: Properties, old?: Kept): Promise<Outcome>
  up(news: Properties, old?: Kept): Promise<Outcome>
  refresh(old: Kept): Promise<Outcome>
  destroy(old: Kept): Promise<Outcome>
  close(): void
}

export type OpenDoor = (config: Readonly<Record<string, string>>) => Promise<Door>

/** The codes at the ends of the lines of a message. */
function codesOf(text: string): string[] {
  return Array.from(text.matchAll(/\[([A-Z_]+)\]$/gm), ([, code = '']) => code)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export const openDynamicDoor: OpenDoor = async (config) => {
  const provider = await openProvider('PscClient', config)
  const check = async (news: Properties, old?: Kept, isDry = true) => {
    const { inputs, failures = [] } = await provider.check(old?.inputs ?? {}, {
      ...news,
      dryRun: isDry,
    })
    return { inputs: inputs ?? {}, codes: failures.flatMap(({ reason }) => codesOf(reason)) }
  }
  return {
    async preview(news, old) {
      try {
        const { inputs, codes } = await check(news, old)
        if (codes.length > 0 || !old) return { codes }
        const { changes = false, replaces = [] } = await provider.diff(old.id, old.outputs, inputs)
        return { codes, changes, replaces }
      } catch (error) {
        return { codes: codesOf(messageOf(error)) }
      }
    },
    async up(news, old) {
      const { inputs, codes } = await check(news, old, false)
      if (codes.length > 0) return { codes, kept: old }
      try {
        const { id = old?.id ?? '', outs = {} } = old
          ? { outs: (await provider.update(old.id, old.outputs, inputs)).outs }
          : await provider.create(inputs)
        return { codes: [], kept: { id, outputs: outs, inputs } }
      } catch (error) {
        const { id, properties } = error as { id?: string; properties?: Properties }
        const kept = id === undefined ? old : { id, outputs: properties ?? {}, inputs }
        return { codes: codesOf(messageOf(error)), kept }
      }
    },
    async refresh(old) {
      try {
        const { id, props = {} } = await provider.read(old.id, old.outputs)
        return { codes: [], kept: id ? { ...old, outputs: props } : undefined }
      } catch (error) {
        return { codes: codesOf(messageOf(error)), kept: old }
      }
    },
    async destroy(old) {
      await provider.delete(old.id, old.outputs)
      return { codes: [], kept: undefined }
    },
    close: () => undefined,
  }
}

/** What the engine keeps after an error: the properties in its details. */
function unsettled(error: unknown, inputs: Properties): Kept | undefined {
  const { metadata } = error as { metadata?: Metadata }
  const [detail] = metadata?.get('grpc-status-details-bin') ?? []
  if (!(detail instanceof Uint8Array)) return undefined
  const [any] = statuses.Status.deserializeBinary(detail).getDetailsList()
  if (!any) return undefined
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8())
  return { id: failed.getId(), outputs: fromStruct(failed.getProperties()), inputs }
}

const urn = 'urn:pulumi:test::psc::psc:index:Client::portal'

export const openPluginDoor: OpenDoor = async (config) => {
  const server = createPlugin({ schema: () => '{}' })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error)
      else resolve(bound)
    })
  })
  const client = new services.ResourceProviderClient(
    `127.0.0.1:${port}`,
    credentials.createInsecure(),
    { 'grpc.enable_http_proxy': 0 },
  )
  type Method<Req, Res> = (request: Req, done: (error: Error | null, response: Res) => void) => void
  const call = <Req, Res>(method: Method<Req, Res>, request: Req): Promise<Res> =>
    new Promise((resolve, reject) => {
      method.call(client, request, (error, response) => {
        if (error) reject(error)
        else resolve(response)
      })
    })
  const configure = new messages.ConfigureRequest()
  for (const [key, value] of Object.entries(config)) {
    configure.getVariablesMap().set(key.replace(':', ':config:'), value)
  }
  await call(client.configure.bind(client) as Method<pb.ConfigureRequest, unknown>, configure)

  const check = async (news: Properties, old?: Kept): Promise<Properties> => {
    const request = new messages.CheckRequest()
    request.setUrn(urn)
    if (old) request.setOlds(toStruct(old.inputs))
    request.setNews(toStruct(news))
    const response = await call(
      client.check.bind(client) as Method<pb.CheckRequest, pb.CheckResponse>,
      request,
    )
    return fromStruct(response.getInputs())
  }
  const write = async (inputs: Properties, old: Kept | undefined, isPreview: boolean) => {
    if (old) {
      const request = new messages.UpdateRequest()
      request.setUrn(urn)
      request.setId(old.id)
      request.setOlds(toStruct(old.outputs))
      request.setNews(toStruct(inputs))
      request.setPreview(isPreview)
      const response = await call(
        client.update.bind(client) as Method<pb.UpdateRequest, pb.UpdateResponse>,
        request,
      )
      return { id: old.id, outputs: fromStruct(response.getProperties()), inputs }
    }
    const request = new messages.CreateRequest()
    request.setUrn(urn)
    request.setProperties(toStruct(inputs))
    request.setPreview(isPreview)
    const response = await call(
      client.create.bind(client) as Method<pb.CreateRequest, pb.CreateResponse>,
      request,
    )
    return { id: response.getId(), outputs: fromStruct(response.getProperties()), inputs }
  }
  return {
    async preview(news, old) {
      try {
        const inputs = await check(news, old)
        if (!old) {
          await write(inputs, undefined, true)
          return { codes: [] }
        }
        const request = new messages.DiffRequest()
        request.setUrn(urn)
        request.setId(old.id)
        request.setOlds(toStruct(old.outputs))
        request.setOldInputs(toStruct(old.inputs))
        request.setNews(toStruct(inputs))
        const response = await call(
          client.diff.bind(client) as Method<pb.DiffRequest, pb.DiffResponse>,
          request,
        )
        const changes = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME
        const replaces = response.getReplacesList()
        if (changes) await write(inputs, replaces.length > 0 ? undefined : old, true)
        return { codes: [], changes, replaces }
      } catch (error) {
        return { codes: codesOf(messageOf(error)) }
      }
    },
    async up(news, old) {
      const inputs = await check(news, old)
      try {
        return { codes: [], kept: await write(inputs, old, false) }
      } catch (error) {
        return { codes: codesOf(messageOf(error)), kept: unsettled(error, inputs) ?? old }
      }
    },
    async refresh(old) {
      const request = new messages.ReadRequest()
      request.setUrn(urn)
      request.setId(old.id)
      request.setProperties(toStruct(old.outputs))
      request.setInputs(toStruct(old.inputs))
      try {
        const response = await call(
          client.read.bind(client) as Method<pb.ReadRequest, pb.ReadResponse>,
          request,
        )
        const outputs = fromStruct(response.getProperties())
        return { codes: [], kept: response.getId() === '' ? undefined : { ...old, outputs } }
      } catch (error) {
        return { codes: codesOf(messageOf(error)), kept: old }
      }
    },
    async destroy(old) {
      const request = new messages.DeleteRequest()
      request.setUrn(urn)
      request.setId(old.id)
      request.setProperties(toStruct(old.outputs))
      await call(client.delete.bind(client) as Method<pb.DeleteRequest, unknown>, request)
      return { codes: [], kept: undefined }
    },
    close() {
      client.close()
      server.forceShutdown()
    },
  }
}
