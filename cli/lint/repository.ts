import { isAbsolute, normalize, relative, resolve, sep } from 'node:path'

/** Writes a path relative to the repository's root, as GitHub and GitLab require. */
export function inRepository(file: string): string {
  const root = process.env.GITHUB_WORKSPACE ?? process.env.CI_PROJECT_DIR ?? ''
  const path = relative(root, resolve(file))
  const isInside = root !== '' && !path.startsWith('..') && !isAbsolute(path)
  return (isInside ? path : normalize(file)).split(sep).join('/')
}
