import * as grpc from '@grpc/grpc-js'
import engineServices from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineMessages from '@pulumi/pulumi/proto/engine_pb.js'

export type Severity = keyof typeof severities

const severities = {
  info: engineMessages.LogSeverity.INFO,
  warning: engineMessages.LogSeverity.WARNING,
  error: engineMessages.LogSeverity.ERROR,
}

/** Shows lines under a resource. The engine hides what a plugin prints. */
export interface Log {
  /** @param urn the resource; empty for the stack. */
  write(severity: Severity, urn: string, line: string): void
  /** Waits until the engine has every line. Never throws. */
  flush(): Promise<void>
}

/**
 * Opens the engine's log.
 *
 * @param address the address of the engine. Without one, as for `pulumi package get-schema` by hand, nothing is shown.
 */
export function openLog(address: string | undefined): Log {
  if (address === undefined) return { write: () => undefined, flush: () => Promise.resolve() }
  // gRPC would send the connection to this machine to the user's proxy.
  const engine = new engineServices.EngineClient(address, grpc.credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  })
  const underWay = new Set<Promise<void>>()
  return {
    write(severity, urn, line) {
      const request = new engineMessages.LogRequest()
      request.setSeverity(severities[severity])
      request.setUrn(urn)
      request.setMessage(line)
      // The engine repeats a line that is not ephemeral at the end, as it should the summary of a preview.
      request.setEphemeral(severity === 'info' && urn !== '')
      const sent = new Promise<void>((resolve) => {
        engine.log(request, () => {
          resolve()
        })
      }).finally(() => underWay.delete(sent))
      underWay.add(sent)
    },
    async flush() {
      await Promise.all(underWay)
    },
  }
}
