// Creates a client in a process of its own, to be killed: its configuration and its declaration are the arguments.
import { openProvider } from '../../support/provider.ts'

const [config = '', declared = ''] = process.argv.slice(2)
const provider = await openProvider('PscClient', JSON.parse(config) as Record<string, string>)
await provider.create(JSON.parse(declared) as Record<string, unknown>)
