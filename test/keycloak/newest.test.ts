import { testKeycloak } from './motor-rce.ts'

testKeycloak('26.7.3')
