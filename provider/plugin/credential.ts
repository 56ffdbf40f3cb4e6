import {
  credentialReader,
  type CredentialInputs,
  type CredentialOutputs,
} from '../credential/inputs.ts'
import type { ResourceType } from './resource.ts'

/** Makes `psc:index:TokenCredential`. */
export function credentialType(): ResourceType<CredentialInputs, CredentialOutputs> {
  return {
    reader: credentialReader,
    load: () => import('../credential/verbs.ts'),
    secrets: ['clientSecret'],
    computed: ['tokenUrl', 'tokenType', 'expiresIn', 'scope'],
    insteadOfImport: 'Creating the credential verifies it.',
    declare: (_context, _urn, news) => ({ inputs: news, judged: news }),
  }
}
