// The modules of a sign-in that the commands use.
export { beginSignIn, type Scope, scopes, type SignIn } from './authorization.ts'
export { type AuthorizationAnswer, readCallback } from './callback.ts'
export { type JudgedGrant, judgeGrant, sayShown } from './user-grant.ts'
export { exchangeCode } from './user-token.ts'
