/** A request, whole: what is sent does not depend on the attempt. */
export interface HttpRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** False for what may be sent once only, such as an authorization code (default true). */
  readonly repeatable?: boolean
}

/** An answer, whole. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Empty when it was too long. */
  readonly body: string
  /** More than 1 MiB was sent: reading ended there, and nothing of it was kept. */
  readonly tooLong?: boolean
  /** This answer, or that of an attempt before it, leaves open whether the request was carried out. */
  readonly uncertain?: true
  /** Until when the server asked to be left alone, where that is beyond the deadline or the request is sent once only. */
  readonly comeBackAt?: Date | undefined
}
