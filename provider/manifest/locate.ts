import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Finds the manifest of a stack. `psc:manifest` is relative to the folder of Pulumi.yaml, or else to the program's. By
 * default the manifest is `clients.yaml` beside the program, or else beside Pulumi.yaml.
 *
 * @param configured the value of `psc:manifest`.
 * @param folder the one of Pulumi.yaml.
 * @param program the program's folder.
 * @returns an absolute path; where there is no such file, the first place.
 */
export function locateManifest(
  configured: string | undefined,
  { folder, program }: { readonly folder: string; readonly program: string },
): string {
  const [first, second] =
    configured === undefined
      ? [resolve(program, 'clients.yaml'), resolve(folder, 'clients.yaml')]
      : [resolve(folder, configured), resolve(program, configured)]
  return !existsSync(first) && existsSync(second) ? second : first
}
