// Declares a client for every entry of clients.yaml.
import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
