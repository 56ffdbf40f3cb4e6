import { ServerCredentials } from '@grpc/grpc-js'
import { readFileSync } from 'node:fs'
import { endWithEngine } from '../engine/alive.ts'
import { createPlugin } from './server.ts'

/**
 * Runs the provider plugin `psc`: the engine passes its address as the first argument, and reads the port from the first
 * line of the output. Pulumi's Node.js host loads this module by `require()`, so it awaits nothing at its top level.
 */
function main(): void {
  const engine = process.argv.slice(2).find((argument) => !argument.startsWith('-'))
  endWithEngine(engine)
  // The build writes it: making it loads zod, which takes longer than all else.
  const schema = () => readFileSync(new URL('schema.json', import.meta.url), 'utf8')
  const server = createPlugin({ engine, schema })
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error
    console.log(port)
  })
}

main()
