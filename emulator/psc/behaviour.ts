import { oauthVocabulary, serproVocabulary, type Vocabulary } from './refusals.ts'

/** How one PSC behaves where PSCs differ. */
export interface Manners {
  readonly vocabulary: Vocabulary
  /** How the parameters of client_token are read; another media type is refused. */
  readonly tokenRequest: 'form' | 'json'
  /** Whether the answer to maintenance holds all five fields, or client_id alone. */
  readonly echoes: boolean
  /** Whether maintenance sets the secret, and whether that ends the tokens that were issued before. */
  readonly rotation: 'refused' | 'tokens live on' | 'tokens end'
  /** Whether two applications may not have the same name. */
  readonly uniqueNames: boolean
  /** Redirect URIs that every application gets. */
  readonly addedUris: readonly string[]
  /** What a signed registration has to name as its audience. */
  readonly audience?: string
}

/** DOC-ICP-17.01, section 6.4. */
export const standardManners: Manners = {
  vocabulary: oauthVocabulary,
  tokenRequest: 'form',
  echoes: false,
  rotation: 'tokens live on',
  uniqueNames: false,
  addedUris: [],
}

/** @see "Manutenção de aplicação" */
const serpro: Manners = {
  vocabulary: serproVocabulary,
  tokenRequest: 'form',
  echoes: true,
  rotation: 'refused',
  uniqueNames: true,
  addedUris: [],
}

export const neoidManners: Manners = { ...serpro, audience: 'neoid' }

export const serproidManners: Manners = { ...serpro, audience: 'serproid' }

/** Valid's documents do not say what becomes of older tokens: the harder case is played. */
export const vidaasManners: Manners = {
  ...standardManners,
  rotation: 'tokens end',
  addedUris: ['push://'],
}

/** Soluti's public code sends JSON. */
export const solutiManners: Manners = { ...standardManners, tokenRequest: 'json' }
