// Declares the client of the step that `psc:manifest` names.
import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
