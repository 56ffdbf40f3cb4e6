import { testKeycloak } from './motor-rce.ts'

testKeycloak('24.0.0')
