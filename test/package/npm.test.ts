import { installedWith } from './install.ts'

installedWith('npm')
