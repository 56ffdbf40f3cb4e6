import { installedWith } from './install.ts'

installedWith('pnpm')
