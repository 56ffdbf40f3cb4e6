import * as grpc from '@grpc/grpc-js'
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import statuses from '@pulumi/pulumi/proto/status_pb.js'
import any from 'google-protobuf/google/protobuf/any_pb.js'
import { isExplained, UnsettledError } from '../errors.ts'
import { RefusedError } from './errors.ts'
import type { ResourceDoor } from './resource.ts'
import { toStruct } from './wire.ts'

/**
 * Writes an error for the engine. After an `UnsettledError` the engine stores the resource as initialised with errors; gRPC
 * carries its properties in a header.
 *
 * @see https://grpc.io/docs/guides/error/#richer-error-model
 */
export function answerError(error: unknown, door: ResourceDoor): grpc.ServerErrorResponse {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const isOurs = isExplained(error) || error instanceof RefusedError
  // Only a defect of this package needs its stack trace.
  const details = isOurs ? message : (stack ?? message)
  const answer = { name: 'ProviderError', message: details, details, code: grpc.status.UNKNOWN }
  if (!(error instanceof UnsettledError)) return answer
  const failed = new messages.ErrorResourceInitFailed()
  failed.setId(error.id)
  failed.setProperties(toStruct(door.stored(error.outputs)))
  failed.setReasonsList([...error.reasons])
  const detail = new any.Any()
  detail.pack(failed.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const status = new statuses.Status()
  status.setCode(grpc.status.UNKNOWN)
  status.setMessage(message)
  status.addDetails(detail)
  const metadata = new grpc.Metadata()
  metadata.add('grpc-status-details-bin', Buffer.from(status.serializeBinary()))
  return { ...answer, metadata }
}
