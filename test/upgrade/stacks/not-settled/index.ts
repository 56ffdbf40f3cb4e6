import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
