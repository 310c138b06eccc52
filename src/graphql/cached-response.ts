/** An answer without errors that is the same for everybody, and the forms of it that went out. */
export interface CachedResponse {
  readonly data: Record<string, unknown>;
  text: string | null;
  /** By content encoding; the text's bytes under "identity". */
  readonly encoded: Map<string, Buffer>;
}
