// Loaded into each Node.js of an engine. Pulumi's SDK sets this flag halfway through its own modules. V8 rejects code that
// was compiled under other flags, so the flag is set before the first module.
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
const { setFlagsFromString } = require('node:v8')

setFlagsFromString('--allow-natives-syntax')
enableCompileCache(join(__dirname, '..', '..', 'node_modules', '.cache', 'engine'))
