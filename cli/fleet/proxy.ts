import { BlockList, isIPv4 } from 'node:net'
import { say } from '../../provider/say.ts'

const engineHost = '127.0.0.1'

const lists = 'no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost'

/**
 * Finds why a proxy breaks the connection between a program and its engine, which is on this machine: gRPC for Node.js asks
 * the proxy for it. It reads names in lower case only, and cuts no spaces off the hosts of a list.
 *
 * @returns a sentence with the remedy; undefined if the connection works.
 * @see https://github.com/grpc/grpc-node/blob/master/packages/grpc-js/src/http_proxy.ts
 */
export function findProxyFault(env: NodeJS.ProcessEnv): string | undefined {
  const name = ['grpc_proxy', 'https_proxy', 'http_proxy'].find((key) => env[key])
  if (name === undefined || URL.parse(env[name] ?? '')?.protocol !== 'http:') return undefined
  const list = ['no_grpc_proxy', 'no_proxy'].find((key) => env[key])
  if (list !== undefined && (env[list] ?? '').split(',').some(exempts)) return undefined
  return list === undefined
    ? say`${name} is set, so gRPC sends Pulumi's local connections to that proxy. Run ${`\`export ${lists}\``}.`
    : say`${name} is set, so gRPC sends Pulumi's local connections to that proxy: ${list} does not name ${engineHost}. Add \`127.0.0.1,localhost\` to it, without a space.`
}

function exempts(host: string): boolean {
  const [network = '', prefix, ...rest] = host.split('/')
  if (prefix === undefined || rest.length > 0 || !isIPv4(network)) return engineHost.endsWith(host)
  const bits = Number.parseInt(prefix, 10)
  if (!(bits >= 0 && bits <= 32)) return engineHost.endsWith(host)
  const subnet = new BlockList()
  subnet.addSubnet(network, bits)
  return subnet.check(engineHost)
}
