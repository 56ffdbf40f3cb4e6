import { pipelineFiles, writeFiles } from '../../cli/init/files.ts'
import { exampleClients, layouts } from '../../cli/init/setup.ts'

/** Writes examples/pipelines/: what `init` writes for each kind of pipeline and each layout. */
export function pipelineExamples(): Record<string, string> {
  const examples: Record<string, string> = {}
  for (const ci of ['github', 'gitlab'] as const) {
    for (const layout of layouts) {
      const environments = ['homologation', 'production']
      const setup = { name: 'clients', environments, layout, ci, lang: 'en' } as const
      const files = writeFiles(setup, exampleClients(setup, ['serproid', 'vidaas']), true)
      examples[`examples/pipelines/${ci}-${layout}.yml`] = files.get(pipelineFiles[ci]) ?? ''
    }
  }
  return examples
}
