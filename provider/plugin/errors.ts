import { CodedError } from '../errors.ts'

/** Reports what a check refuses: every problem of a resource, each with its path and its code. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'

  constructor(failures: readonly string[]) {
    super(failures.join('\n'))
  }
}

/** Reports an import: a PSC tells nothing of a client, so there is nothing to read. */
export class ImportError extends CodedError<'ERR_PSC_IMPORT'> {
  override readonly name = 'ImportError'

  constructor(id: string, instead: string) {
    super(
      'ERR_PSC_IMPORT',
      `${id} cannot be imported: a PSC tells nothing of a client. Declare it in the program and run \`pulumi up\`. ${instead}`,
    )
  }
}
