// Declares a client for every entry of clients.yaml (or of the file that `psc:manifest` names).
import { declareManifest } from 'pulumi-psc/manifest'

// `pulumi stack output clients` shows each client's id, authorize address and the end of its certificate.
export const clients = declareManifest().outputs
