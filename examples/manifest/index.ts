// Declares a client for every entry of clients.yaml (or of the file that `psc:manifest` names).
import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
