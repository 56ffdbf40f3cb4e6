import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { FileError } from '../errors.ts'
import { explainFileError } from '../read-file.ts'
import { say } from '../say.ts'

/** Resolves the links of a path. @throws {FileError} for a link that must not be followed. */
export type FollowLinks = (path: string) => string

/**
 * Follows no link that leads out of the folder of a manifest: whoever writes a manifest could show the reader's own
 * files that way. A path that leaves the folder without a link (`../certs/a.pem`) is followed: a reviewer sees it.
 *
 * @param allowed the folders to which a link may lead.
 */
export function confineLinks(manifest: string, allowed: readonly string[]): FollowLinks {
  const written = dirname(resolve(manifest))
  // A folder below the working directory may itself be a stranger's link. The path to any other folder is the user's own.
  const folder = contains(process.cwd(), written) ? written : realOr(written)
  const open = allowed.map((path) => realOr(resolve(path)))
  return (path) => {
    const plain = resolve(path)
    const real = follow(plain)
    const isHere = contains(folder, real) || relative(plain, real) === ''
    if (isHere || open.some((each) => contains(each, real))) return real
    throw new FileError(
      say`a link on the path leads out of the folder. Name the file itself, or allow its folder with --allow-path.`,
      'ERR_PSC_LINK',
    )
  }
}

/** Tells whether a path is a folder, or in it. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function follow(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    throw explainFileError(error)
  }
}

/** Returns the path as it is if it does not exist: reading it reports that. */
function realOr(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
