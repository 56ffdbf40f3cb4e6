// Creates a client in a process of its own, to be killed: its configuration and its declaration are the arguments.
import { openDoor } from '../support/door.ts'

const [config = '', declared = ''] = process.argv.slice(2)
const door = await openDoor(JSON.parse(config) as Record<string, string>)
await door.create(JSON.parse(declared) as Record<string, unknown>)
